/** Bootstraps an environment with the template that the installed CDK CLI has, and the parameters that it passes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { makeChangeSet } from './change-set.test.fixture.ts';
import { executeChangeSet } from './execute-change-set.test.fixture.ts';
import type { Place } from './resource-store.test.fixture.ts';
import { newStack } from './stack.test.fixture.ts';
import type { World } from './world.test.fixture.ts';

const tool = dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json'));
const templateText = readFileSync(join(tool, 'lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');

/** As `cdk bootstrap --trust HOME --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess`. */
export function bootstrap(world: World, place: Place, trusted: string): void {
  const parameters = {
    TrustedAccounts: trusted,
    CloudFormationExecutionPolicies: 'arn:aws:iam::aws:policy/AdministratorAccess',
    FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
  };
  const stack = newStack('CDKToolkit', place);
  world.stacks.push(stack);
  const changeSet = makeChangeSet({
    ...{ stack, name: 'bootstrap', templateText, tags: undefined, roleArn: undefined, stacks: world.stacks },
    parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    findParameter: () => undefined,
  });
  executeChangeSet(world, changeSet, undefined);
  if (stack.status !== 'CREATE_COMPLETE')
    throw new Error(`not bootstrapped: ${stack.events.map(({ reason }) => reason)}`);
}
