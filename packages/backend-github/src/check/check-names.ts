/** Names that GitHub would take for one. */
import type { Problem } from '@cdkpipe/core';
import type { Job } from '../jobs/job.ts';
import { nameTaken } from '../problems/emitted.ts';

interface Named {
  readonly name: string;
  readonly nodes: readonly string[];
}

/** GitHub compares IDs of jobs in expressions, and names of environments, without case. */
export function checkNames(jobs: readonly Job[]): Problem[] {
  const ids = jobs.map(({ id, nodes }) => ({ name: id, nodes }));
  const environments = jobs.flatMap(({ environment, nodes }) =>
    environment === undefined ? [] : [{ name: environment.name, nodes }],
  );
  return [...findTaken('the job ID', ids), ...findTaken('the environment', environments)];
}

function findTaken(what: string, all: readonly Named[]): Problem[] {
  const known = new Map<string, Named>();
  return all.flatMap((each) => {
    const key = each.name.toLowerCase();
    const other = known.get(key);
    known.set(key, each);
    return other === undefined ? [] : [nameTaken(what, each.name, [other.nodes[0] ?? '', each.nodes[0] ?? ''])];
  });
}
