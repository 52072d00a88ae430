/** Names of environments in GitHub. */
import type { GitHubOptions } from '../options/options.ts';

/**
 * `parts` are names of the definition, or what the plan calls a node. A `:` becomes `/`, as tokens would have `%3A` for it
 * (https://docs.github.com/en/actions/reference/security/oidc#filtering-for-metadata-containing-).
 */
export function environmentName({ environments }: GitHubOptions, ...parts: readonly string[]): string {
  return `${environments?.prefix ?? ''}${parts.join('/').replaceAll(':', '/')}`;
}
