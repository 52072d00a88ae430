/** Which job makes a value, and under which name its output has it. */
import { findExporter, findStep, type Plan, type PlanNode, unreachable, type ValueReference } from '@cdkpipe/core';
import { joinNames } from '../names/encode-name.ts';

export interface Producer {
  /** ID of the node that makes the value. */
  readonly node: string;
  readonly output: string;
}

/** Undefined for a value that the event of the run has. */
export function findProducer({ nodes }: Plan, consumer: PlanNode, reference: ValueReference): Producer | undefined {
  switch (reference.$ref) {
    case 'source':
    case 'variable':
      return undefined;
    case 'output': {
      const deployment = 'deployment' in consumer ? consumer.deployment : undefined;
      const node = nodes.find(
        (each) => each.type === 'execute' && each.deployment === deployment && each.stack === reference.stack,
      );
      if (node === undefined) return unreachable(`${consumer.id} reads an output of ${reference.stack}`);
      return { node: node.id, output: outputName(reference.stack, reference.name) };
    }
    case 'exported': {
      const node = findExporter(nodes, consumer, reference.step)?.nodes[0];
      if (node === undefined) return unreachable(`${consumer.id} reads a variable of ${reference.step}`);
      return { node: node.id, output: exportName(node, reference.name) };
    }
  }
}

/** The output that has a variable which a step, or the build, exports. */
export function exportName(node: PlanNode, variable: string): string {
  const step = findStep(node);
  return joinNames(step?.name ?? 'Build', variable);
}

/** The output of an executing job that has the output of a stack. */
export function outputName(stack: string, name: string): string {
  return joinNames(...stack.split('/'), name);
}
