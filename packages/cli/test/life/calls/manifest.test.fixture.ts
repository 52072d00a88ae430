/** What the manifest of a cloud assembly says of the stacks in it and of the order in which `cdk deploy` takes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env, Json } from '../cloud/template.test.fixture.ts';

export interface StackArtifact {
  readonly id: string;
  /** In CloudFormation. */
  readonly name: string;
  readonly env: Env;
  readonly template: Json;
  readonly deployRole: string;
  readonly executionRole: string;
  /** Name of the parameter with the version of the bootstrap stack. */
  readonly version: string;
  /** Manifests of what is published with it. */
  readonly assets: readonly string[];
}

/** The stack and all that it depends on, in the order of deployment. */
export function stacksToDeploy(assembly: string, id: string): StackArtifact[] {
  const { artifacts } = readJson(assembly, 'manifest.json');
  const ordered: string[] = [];
  const visit = (each: string): void => {
    if (ordered.includes(each)) return;
    for (const before of artifacts[each].dependencies ?? []) visit(before);
    ordered.push(each);
  };
  visit(id);
  return ordered
    .filter((each) => artifacts[each].type === 'aws:cloudformation:stack')
    .map((each) => stackOf(assembly, each, artifacts));
}

function stackOf(assembly: string, id: string, artifacts: Json): StackArtifact {
  const { properties, environment, dependencies = [] } = artifacts[id];
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  const fill = (arn: string) => arn.replaceAll('${AWS::Partition}', 'aws');
  return {
    id,
    name: properties.stackName ?? id,
    env: { account, region },
    template: readJson(assembly, properties.templateFile),
    deployRole: fill(properties.assumeRoleArn),
    executionRole: fill(properties.cloudFormationExecutionRoleArn),
    version: properties.bootstrapStackVersionSsmParameter,
    assets: dependencies
      .filter((each: string) => artifacts[each].type === 'cdk:asset-manifest')
      .map((each: string) => artifacts[each].properties.file),
  };
}

export function readJson(directory: string, file: string): Json {
  return JSON.parse(readFileSync(join(directory, file), 'utf8'));
}
