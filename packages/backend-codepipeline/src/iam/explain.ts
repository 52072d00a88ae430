/** Says beside a role or policy why each of its statements is there, to people and to cdk-nag. */
import type { CfnResource } from 'aws-cdk-lib';
import type { CdkModules } from '../aws/modules.ts';
import type { ReasonedStatement } from './statements.ts';

/** Key of the metadata that says why each statement of a role or managed policy is there, in the same order. */
export const reasonsKey = 'cdkpipe:reasons';

/** `Validations.ACKNOWLEDGED_RULES_METADATA_KEY`, written out because older releases of aws-cdk-lib have no `Validations`. */
const acknowledgedRulesKey = 'aws:cdk:acknowledged-rules';

export function explain(cdk: CdkModules, resource: CfnResource, statements: readonly ReasonedStatement[]): void {
  if (statements.length === 0) return;
  resource.addMetadata(
    reasonsKey,
    statements.map(({ reason }) => reason),
  );
  for (const { statement, wildcard } of statements)
    if (wildcard !== undefined) acknowledgeWildcards(cdk, resource, statement.Resource, wildcard);
}

function acknowledgeWildcards(
  cdk: CdkModules,
  resource: CfnResource,
  resources: readonly unknown[],
  reason: string,
): void {
  const patterns: unknown = cdk.core.Stack.of(resource).resolve(resources);
  for (const pattern of Array.isArray(patterns) ? patterns.map(flatten) : [])
    if (pattern.includes('*')) acknowledge(resource, `AwsSolutions-IAM5[Resource::${pattern}]`, reason);
}

/**
 * Acknowledges a finding of cdk-nag, as `Validations.of(resource).acknowledge()` does, but without the stack trace, which
 * names directories of this machine. It stands in the metadata of the construct, so it costs a template nothing and
 * holds for authors who add cdk-nag to the app in `customize`.
 */
export function acknowledge(resource: CfnResource, finding: string, reason: string): void {
  resource.node.addMetadata(acknowledgedRulesKey, { [`Annotation::${finding}`]: reason }, { stackTrace: false });
}

/** How cdk-nag writes a reference in the ID of a finding. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('${', '<').replaceAll('}', '>');
  const [[name, inner] = ['', undefined]] = Object.entries(value ?? {});
  if (name === 'Fn::Join' && Array.isArray(inner) && Array.isArray(inner[1]))
    return inner[1].map(flatten).join(String(inner[0]));
  if (name === 'Fn::GetAtt' && Array.isArray(inner)) return `<${inner.map(String).join('.')}>`;
  return name === 'Ref' ? `<${String(inner)}>` : JSON.stringify(value);
}
