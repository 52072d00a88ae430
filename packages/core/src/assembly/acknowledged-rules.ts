/** Reads which rules of CloudFormation's validator an author has acknowledged with `Validations.of(x).acknowledge()`. */
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import type { AcknowledgedRule } from '../contracts/assembly.ts';

/** How the CDK calls the validator in the IDs of its rules. */
const validatorPrefix = 'CloudFormation-Validate::';

/** An acknowledgement holds for every resource at or below the construct it was made on. */
export function readAcknowledgedRules(artifact: CloudFormationStackArtifact): AcknowledgedRule[] {
  const acknowledged = artifact.findMetadataByType('aws:cdk:acknowledged-rules').flatMap(({ path, data }) =>
    Object.keys((data ?? {}) as Record<string, string>)
      .filter((id) => id.startsWith(validatorPrefix))
      .map((id) => ({ path, rule: id.slice(validatorPrefix.length) })),
  );
  if (acknowledged.length === 0) return [];
  const resources = artifact.findMetadataByType('aws:cdk:logicalId');
  const stackPath = `/${artifact.hierarchicalId}`;
  return acknowledged.flatMap(({ path, rule }): AcknowledgedRule[] =>
    isAtOrBelow(stackPath, path)
      ? [{ rule }]
      : resources
          .filter((resource) => isAtOrBelow(resource.path, path))
          .map((resource) => ({ rule, resource: String(resource.data) })),
  );
}

function isAtOrBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}
