/** `--context KEY=VALUE`, as the `cdk` command has it. */
import { refused } from '@cdkpipe/core';
import { string } from '@oclif/core/flags';
import { contextInvalid, contextReserved } from '../problems/problems.ts';

/** What every command with the flag has in common. */
export const contextOptions = {
  char: 'c',
  description: 'Set a value of the CDK context, above cdk.json and cdk.context.json.',
  multiple: true,
  multipleNonGreedy: true,
  helpValue: 'KEY=VALUE',
} as const;

export const contextFlag = string(contextOptions);

/**
 * The value is the text behind the first `=`; of two for one key the last holds. Keys that begin with `aws:` belong to the
 * CDK, and its command refuses them, too: `parseStringContextListToObject` of `@aws-cdk/cli`,
 * https://github.com/aws/aws-cdk-cli/blob/main/packages/aws-cdk/lib/cli/user-configuration.ts
 *
 * @throws CdkpipeError (`source: 'user'`) with every text that is none
 */
export function parseContext(texts: readonly string[]): Record<string, string> {
  const pairs = texts.map((text) => [text, text.indexOf('=')] as const);
  const problems = pairs.flatMap(([text, at]) => {
    if (at < 1) return [contextInvalid(text)];
    return text.startsWith('aws:') ? [contextReserved(text.slice(0, at))] : [];
  });
  if (problems.length > 0) throw refused(problems);
  return Object.fromEntries(pairs.map(([text, at]) => [text.slice(0, at), text.slice(at + 1)]));
}
