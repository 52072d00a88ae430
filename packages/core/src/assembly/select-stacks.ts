/** Keeps some of the stacks of an assembly that was copied, for a deployment that names them. */
import { rmSync } from 'node:fs';
import * as words from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';
import type { Deployment } from '../model/pipeline.ts';
import { type CopiedManifest, fileOf, isStack } from './copied-manifests.ts';

/** Templates stay as they are; stacks that are not wanted are taken out of the manifest. */
export function selectStacks(
  manifest: CopiedManifest,
  wanted: readonly string[],
  { path }: Pick<Deployment, 'path'>,
): Problem[] {
  const known = stackIds(manifest);
  const unknown = wanted.filter((id) => !known.includes(id));
  if (unknown.length > 0) return unknown.map((id) => words.assemblyStackUnknown(path, id, known));
  const problems = missingDependencies(manifest, new Set(wanted)).map(([stack, needed]) =>
    words.assemblyStackNeeded(path, stack, needed),
  );
  if (problems.length === 0) keep(manifest, new Set(wanted));
  return problems;
}

function stackIds({ artifacts, nested }: CopiedManifest): string[] {
  const own = Object.entries(artifacts).flatMap(([id, artifact]) =>
    isStack(artifact) ? [artifact.displayName ?? id] : [],
  );
  return [...own, ...[...nested.values()].flatMap(stackIds)];
}

function missingDependencies(manifest: CopiedManifest, wanted: ReadonlySet<string>): (readonly [string, string])[] {
  const { artifacts, nested } = manifest;
  const own = Object.entries(artifacts).flatMap(([id, artifact]) => {
    const name = artifact.displayName ?? id;
    if (!isStack(artifact) || !wanted.has(name)) return [];
    const needed = (artifact.dependencies ?? []).flatMap((dependency) => {
      const other = artifacts[dependency];
      return other !== undefined && isStack(other) ? [other.displayName ?? dependency] : [];
    });
    return needed.filter((other) => !wanted.has(other)).map((other) => [name, other] as const);
  });
  return [...own, ...[...nested.values()].flatMap((inner) => missingDependencies(inner, wanted))];
}

/** Returns whether a stack is left. */
function keep(manifest: CopiedManifest, wanted: ReadonlySet<string>): boolean {
  const { artifacts, nested } = manifest;
  const entries = Object.entries(artifacts);
  const stacks = entries.filter(([id, artifact]) => isStack(artifact) && wanted.has(artifact.displayName ?? id));
  const needed = new Set(stacks.flatMap(([, { dependencies = [] }]) => dependencies));
  const kept = new Set(stacks.map(([id]) => id));
  for (const [id, artifact] of entries) {
    const inner = nested.get(id);
    const isKept =
      inner !== undefined
        ? keep(inner, wanted)
        : isStack(artifact)
          ? kept.has(id)
          : artifact.type !== 'cdk:asset-manifest' || needed.has(id);
    if (inner !== undefined && isKept) kept.add(id);
    if (isKept) continue;
    const file = fileOf(manifest, artifact);
    if (file !== undefined) rmSync(file, { force: true });
    delete artifacts[id];
  }
  return kept.size > 0;
}
