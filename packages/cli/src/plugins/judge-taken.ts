/** Decides whether what a plugin brings is free in the project; pure. */
import type { PluginManifest, Problem } from '@cdkpipe/core';
import { commandTaken, contributionTaken } from '../problems/plugin-problems.ts';
import type { Candidate } from '../registry/candidate.ts';

/** A plugin that the project has, or one that ships with cdkpipe. */
export interface Holder {
  readonly name: string;
  readonly manifest: Pick<PluginManifest, 'kinds' | 'backends' | 'renderers' | 'rules'>;
  readonly commands: readonly string[];
}

/** @param holders without an earlier version of the candidate itself */
export function judgeTaken(candidate: Candidate, manifest: PluginManifest, holders: readonly Holder[]): Problem[] {
  const contributions = (['kinds', 'backends', 'renderers', 'rules'] as const).flatMap((key) =>
    manifest[key].flatMap((name) => {
      const holder = holders.find((other) => other.manifest[key].includes(name));
      return holder ? [contributionTaken(candidate, key, name, holder.name)] : [];
    }),
  );
  const commands = holders.flatMap(({ name, commands }) => {
    const taken = candidate.commands.filter((command) => commands.includes(command));
    return taken.length > 0 ? [commandTaken(candidate, taken, name)] : [];
  });
  return [...contributions, ...commands];
}
