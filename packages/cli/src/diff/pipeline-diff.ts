/** Puts together how a pipeline and its own stacks differ from what they were. */
import { compareStatements, type StatementChange } from '@cdkpipe/change-report';
import type { ActionChange, GateChange, StageChange } from '@cdkpipe/core';
import type { ComparedProject, OwnStack } from '@cdkpipe/core/host';
import { withoutMetadata } from '../migrate/compare/compare-stacks.ts';
import type { Difference } from '../migrate/compare/comparison.ts';
import { diffTemplates } from '../migrate/compare/diff-templates.ts';

export interface PipelineDiff {
  /** True where nothing differs that CloudFormation acts on. */
  readonly isSame: boolean;
  readonly gates: readonly GateChange[];
  readonly stages: readonly StageChange[];
  readonly actions: readonly ActionChange[];
  /** Of all stacks; those of a stack that came or went are among them. */
  readonly statements: readonly (StatementChange & { readonly stack: string })[];
  readonly stacks: readonly StackDiff[];
}

export interface StackDiff {
  readonly stack: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** What loses something first; empty for a stack that came or went. */
  readonly differences: readonly Difference[];
}

export async function diffPipeline({ before, after, comparison }: ComparedProject): Promise<PipelineDiff> {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  const pairs = ids.map((id) => ({ id, old: findStack(before, id), next: findStack(after, id) }));
  const stacks = (await Promise.all(pairs.map(diffStack))).flat();
  const statements = pairs.flatMap(({ id, old, next }) =>
    compareStatements(old?.template ?? {}, next?.template ?? {}).map((change) => ({ ...change, stack: id })),
  );
  const { gates = [], stages = [], actions = [] } = comparison ?? {};
  const isSame = [gates, stages, actions, statements, stacks].every((changes) => changes.length === 0);
  return { isSame, gates, stages, actions, statements, stacks };
}

function findStack(stacks: readonly OwnStack[], id: string): OwnStack | undefined {
  return stacks.find((stack) => stack.id === id);
}

interface StackPair {
  readonly id: string;
  readonly old: OwnStack | undefined;
  readonly next: OwnStack | undefined;
}

async function diffStack({ id, old, next }: StackPair): Promise<StackDiff[]> {
  if (old === undefined || next === undefined)
    return [{ stack: id, change: old === undefined ? 'added' : 'removed', differences: [] }];
  const [was, is] = [withoutMetadata(old.template), withoutMetadata(next.template)];
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  return [{ stack: id, change: 'changed', differences: await diffTemplates(was, is) }];
}
