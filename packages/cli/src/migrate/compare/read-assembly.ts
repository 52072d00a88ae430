/** Reads the stacks of a cloud assembly and of the assemblies in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComparedStack, Template } from './comparison.ts';

export interface ReadStack extends ComparedStack {
  /** ID of the artifact. */
  readonly artifact: string;
  /** Path of its construct. */
  readonly id: string;
  /** IDs of the stacks that it depends on. */
  readonly dependencies: readonly string[];
  /** Whether it is in an assembly of its own, as the stacks of a stage are. */
  readonly isOfStage: boolean;
}

interface Artifact {
  readonly type: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly environment?: string;
  readonly properties?: {
    readonly directoryName?: string;
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly terminationProtection?: boolean;
  };
}

export function readAssembly(directory: string, isOfStage = false): ReadStack[] {
  const { artifacts = {} } = readJson<{ artifacts?: Record<string, Artifact> }>(join(directory, 'manifest.json'));
  const idOf = (artifact: string) => artifacts[artifact]?.displayName ?? artifact;
  return Object.entries(artifacts).flatMap(
    ([artifact, { type, environment = '', dependencies = [], properties = {} }]) => {
      if (type === 'cdk:cloud-assembly' && properties.directoryName !== undefined)
        return readAssembly(join(directory, properties.directoryName), true);
      if (type !== 'aws:cloudformation:stack' || properties.templateFile === undefined) return [];
      return {
        artifact,
        id: idOf(artifact),
        dependencies: dependencies.filter((each) => artifacts[each]?.type === 'aws:cloudformation:stack').map(idOf),
        isOfStage,
        environment,
        name: properties.stackName ?? artifact,
        template: readJson<Template>(join(directory, properties.templateFile)),
        tags: properties.tags ?? {},
        terminationProtection: properties.terminationProtection === true,
      };
    },
  );
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
