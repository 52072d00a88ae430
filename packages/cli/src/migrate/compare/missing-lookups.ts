/** Look-ups that an app has made and that no context file answers: the CDK puts placeholders in their place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly missing?: readonly { readonly provider: string }[];
  readonly artifacts?: Readonly<
    Record<string, { readonly type: string; readonly properties?: { readonly directoryName?: string } }>
  >;
}

/** Names of their providers, such as `vpc-provider`. */
export function missingLookups(directory: string): string[] {
  const { missing = [], artifacts = {} }: Manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  const nested = Object.values(artifacts).flatMap(({ type, properties }) =>
    type === 'cdk:cloud-assembly' && properties?.directoryName !== undefined
      ? missingLookups(join(directory, properties.directoryName))
      : [],
  );
  return [...new Set([...missing.map(({ provider }) => provider), ...nested])].sort();
}
