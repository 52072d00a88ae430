/** Which variables of which actions are read: only those actions get a namespace. */
import { type PlanNode, type Problem, refuseIfAny } from '@cdkpipe/core';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import { namespaceOf } from '../names/names.ts';
import { variableNotSet } from '../problems/values.ts';
import type { ValueOrigin } from './find-origin.ts';

export interface VariableReads {
  /** What CodePipeline replaces by the value, inside the configuration of an action; counts as a read. */
  textOf(origin: ValueOrigin, reader: PlanNode): string;
  /** Counts a value that the reader asks CodePipeline for itself. */
  note(origin: ValueOrigin, reader: PlanNode): void;
  /** Whether any action reads a variable of the node's. */
  isRead(node: PlanNode): boolean;
  /** Refuses reads of variables that the action, as it was drawn in the end, does not set. */
  check(actions: ReadonlyMap<string, ActionDeclaration>): void;
}

interface Read {
  readonly node: PlanNode;
  readonly variable: string;
  readonly reader: PlanNode;
}

export function startReads(): VariableReads {
  const reads: Read[] = [];
  const read = new Set<string>();
  return {
    textOf(origin, reader) {
      if (origin.from === 'pipeline') return `#{variables.${origin.variable}}`;
      const { node, variable } = origin;
      reads.push({ node, variable, reader });
      read.add(node.id);
      return `#{${namespaceOf(node.id)}.${variable}}`;
    },
    note(origin, reader) {
      if (origin.from !== 'action') return;
      const { node, variable } = origin;
      reads.push({ node, variable, reader });
      // AWS promises variables "downstream" only of actions with a namespace.
      read.add(node.id);
    },
    isRead: ({ id }) => read.has(id),
    check(actions) {
      refuseIfAny(reads.flatMap((each) => checkRead(each, actions.get(each.node.id))));
    },
  };
}

function checkRead({ node, variable, reader }: Read, action: ActionDeclaration | undefined): Problem[] {
  return action?.variables?.includes(variable)
    ? []
    : [variableNotSet(node.id, variable, { path: reader.path, node: reader.id })];
}
