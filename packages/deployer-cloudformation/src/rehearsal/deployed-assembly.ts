/** Any cloud assembly as what counts as deployed: its stacks by name, those of nested assemblies included. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, refused } from '@cdkpipe/core';
import { againstUnreadable } from '../problems/problems.ts';

/** A stack of the assembly. */
export interface DeployedStack {
  readonly name: string;
  /** As the manifest has it, `aws://ACCOUNT/REGION`; either may be unknown. */
  readonly environment: string;
  /** Template, absolute. */
  readonly templateFile: string;
}

interface Artifact {
  readonly type?: string;
  readonly environment?: string;
  readonly properties?: {
    readonly directoryName?: string;
    readonly templateFile?: string;
    readonly stackName?: string;
  };
}

/**
 * @param directory absolute
 * @throws CdkpipeError `AGAINST_UNREADABLE` where it, or an assembly in it, is no cloud assembly
 */
export function readDeployedStacks(directory: string): DeployedStack[] {
  return Object.entries(artifactsIn(directory)).flatMap(([id, { type, environment = '', properties = {} }]) => {
    const { directoryName, templateFile, stackName = id } = properties;
    if (type === 'cdk:cloud-assembly' && directoryName !== undefined)
      return readDeployedStacks(join(directory, directoryName));
    if (type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
    return [{ name: stackName, environment, templateFile: join(directory, templateFile) }];
  });
}

/**
 * The stack of that name in that environment. One whose environment was not known when the assembly was made is taken where
 * no other stack has the name.
 */
export function findDeployedStack(
  stacks: readonly DeployedStack[],
  name: string,
  { account, region }: Environment,
): DeployedStack | undefined {
  const named = stacks.filter((stack) => stack.name === name);
  const exact = named.find(({ environment }) => environment === `aws://${account}/${region}`);
  const [only, ...others] = named;
  return exact ?? (others.length === 0 && only?.environment.includes('unknown-') ? only : undefined);
}

function artifactsIn(directory: string): Readonly<Record<string, Artifact>> {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) throw refused([againstUnreadable(directory, 'it has no manifest.json')]);
  try {
    const { artifacts = {} } = JSON.parse(readFileSync(file, 'utf8')) as { artifacts?: Record<string, Artifact> };
    return artifacts;
  } catch (cause) {
    throw refused([againstUnreadable(directory, (cause as Error).message)], { cause });
  }
}
