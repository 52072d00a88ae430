/** Plans one deployment: prepare, review and execute its stacks, then its approval workflow. */
import type { AssembledDeployment, AssembledStack } from '../contracts/assembly.ts';
import type { Deployment } from '../model/pipeline.ts';
import type { Workflow } from '../model/workflow.ts';
import type { ExecuteNode, PlanNode, PrepareNode } from '../plan/node.ts';
import { actionName } from './action-names.ts';
import { type Laid, type LayOutStep, layOutWorkflow } from './lay-out-workflow.ts';
import type { PrepareChoice } from './prepare-mode.ts';

export interface DeploymentInput {
  readonly deployment: Deployment;
  readonly assembled: AssembledDeployment;
  readonly choice: PrepareChoice;
  readonly group: string;
  /** Change approvals and approvals, lowered. */
  readonly changes: Workflow;
  readonly approvals: Workflow;
  /** What must have succeeded before a stack may be prepared. */
  entryOf(stack: AssembledStack): readonly string[];
  /** Publishers that must have succeeded before a stack may execute, beyond what holds for its change set. */
  publishersBefore(stack: AssembledStack): readonly string[];
  /** Makes the gate nodes of a step; `stack` where the gate stands for one stack only. */
  layOutGate(step: Parameters<LayOutStep>[0], after: readonly string[], stack?: string): Laid;
}

export function planDeployment(input: DeploymentInput): Laid {
  const { assembled, deployment } = input;
  const stackNodes = input.choice.mode === 'all' ? allAtOnce(input) : stackByStack(input);
  const depended = new Set(assembled.stacks.flatMap(({ dependencies }) => dependencies));
  const leaves = assembled.stacks.filter(({ id }) => !depended.has(id)).map(({ id }) => executeId(deployment, id));
  const approvals = layOutWorkflow(input.approvals, leaves, (step, after) => input.layOutGate(step, after));
  return { nodes: [...stackNodes, ...approvals.nodes], exits: approvals.exits };
}

/** Every change set first, one review of them all, then execute in order. */
function allAtOnce(input: DeploymentInput): PlanNode[] {
  const { stacks } = input.assembled;
  const prepares = stacks.map((stack) => prepareNode(input, stack, input.entryOf(stack)));
  const prepared = prepares.map(({ id }) => id);
  const reviews = layOutWorkflow(input.changes, prepared, (step, after) => input.layOutGate(step, after));
  const executes = stacks.map((stack) => {
    const executed = executedBefore(input, stack);
    // What executes behind another stack stands behind the review already.
    return executeNode(input, stack, [
      ...(executed.length > 0 ? executed : reviews.exits),
      ...input.publishersBefore(stack),
    ]);
  });
  return [...prepares, ...reviews.nodes, ...executes];
}

/** Each stack is prepared, reviewed and executed once those it depends on have been. */
function stackByStack(input: DeploymentInput): PlanNode[] {
  return input.assembled.stacks.flatMap((stack) => {
    const after = [...input.entryOf(stack), ...executedBefore(input, stack)];
    if (input.choice.mode === false) return [executeNode(input, stack, [...after, ...input.publishersBefore(stack)])];
    const prepare = prepareNode(input, stack, after);
    const reviews = layOutWorkflow(input.changes, [prepare.id], (step, reviewAfter) =>
      input.layOutGate(step, reviewAfter, stack.id),
    );
    return [prepare, ...reviews.nodes, executeNode(input, stack, [...reviews.exits, ...input.publishersBefore(stack)])];
  });
}

function executedBefore({ deployment }: DeploymentInput, stack: AssembledStack): string[] {
  return stack.dependencies.map((id) => executeId(deployment, id));
}

function executeId(deployment: Deployment, stack: string): string {
  return `${deployment.name}/${stack}:execute`;
}

function prepareNode(
  { deployment, group }: DeploymentInput,
  stack: AssembledStack,
  after: readonly string[],
): PrepareNode {
  return {
    type: 'prepare',
    id: `${deployment.name}/${stack.id}:prepare`,
    name: actionName(deployment.name, stack.id, 'Prepare'),
    group,
    after,
    path: deployment.path,
    deployment: deployment.name,
    stack: stack.id,
    env: stack.env,
  };
}

function executeNode(
  { deployment, group, choice }: DeploymentInput,
  stack: AssembledStack,
  after: readonly string[],
): ExecuteNode {
  return {
    type: 'execute',
    id: executeId(deployment, stack.id),
    name: actionName(deployment.name, stack.id, 'Execute'),
    group,
    after,
    path: deployment.path,
    deployment: deployment.name,
    stack: stack.id,
    env: stack.env,
    changeSet: choice.mode !== false,
    outputs: [],
  };
}
