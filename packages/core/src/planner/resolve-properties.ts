/** Replaces references to properties of a constructed stage by the stack and the logical ID that they turned out to be. */
import type { AssembledStack, Assembly } from '../contracts/assembly.ts';
import { outputNotSelected } from '../errors/catalogue/outputs.ts';
import type { Problem } from '../errors/problem.ts';
import { isOutputReference, isPropertyOfStage, type OutputReference, outputText } from '../model/output-reference.ts';
import type { Deployment, Pipeline } from '../model/pipeline.ts';
import type { Step } from '../model/step.ts';
import type { Workflow } from '../model/workflow.ts';

/**
 * Each deployment has steps of its own, so an approval that two of them share refers to the stack of each. Faults are added to
 * `problems`, and what cannot be resolved stays as it is.
 */
export function resolveProperties(pipeline: Pipeline, assembly: Assembly, problems: Problem[]): Pipeline {
  const resolveIn = (deployment: Deployment): Deployment => {
    const stacks = assembly.deployments.find(({ name }) => name === deployment.name)?.stacks ?? [];
    const resolve = (step: Step): Step => ({
      ...step,
      options: mapOutputs(step.options, `${step.path}.options`, (reference, path) => {
        const found = findOutput(reference, stacks);
        if (found) return found;
        problems.push(outputNotSelected(path, outputText(reference), deployment.name, reasonOf(deployment)));
        return reference;
      }),
    });
    return {
      ...deployment,
      changes: mapSteps(deployment.changes, resolve),
      approvals: mapSteps(deployment.approvals, resolve),
    };
  };
  return {
    ...pipeline,
    waves: pipeline.waves.map((wave) => ({ ...wave, deployments: wave.deployments.map(resolveIn) })),
  };
}

function findOutput({ name }: OutputReference, stacks: readonly AssembledStack[]): OutputReference | undefined {
  for (const { id, outputProperties = {} } of stacks) {
    const output = Object.hasOwn(outputProperties, name) ? outputProperties[name] : undefined;
    if (output !== undefined) return { $ref: 'output', stack: id, name: output };
  }
  return undefined;
}

/** Faults of stages that are constructed here are found when they are; what is left is an assembly without that knowledge. */
function reasonOf({ app }: Deployment) {
  return app.from === 'assembly'
    ? {
        found: 'its stacks come from `assembly`, so no stage is constructed',
        fix: 'write output(stack, name) with the path of the stack and the logical ID of the output',
      }
    : {
        found: 'the cloud assembly does not say which output that is',
        fix: 'write the assembly anew from this definition: cdkpipe synth',
      };
}

function mapSteps(workflow: Workflow, change: (step: Step) => Step): Workflow {
  return workflow.type === 'step'
    ? { type: 'step', step: change(workflow.step) }
    : { type: workflow.type, items: workflow.items.map((item) => mapSteps(item, change)) };
}

type Resolve = (reference: OutputReference, path: string) => OutputReference;

/** Copies only what holds such a reference: options may hold what is no plain data. */
function mapOutputs(value: unknown, path: string, resolve: Resolve): unknown {
  if (isOutputReference(value)) return isPropertyOfStage(value) ? resolve(value, path) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item, index) => mapOutputs(item, `${path}[${index}]`, resolve));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(
    ([key, item]) => [key, item, mapOutputs(item, `${path}.${key}`, resolve)] as const,
  );
  return entries.some(([, before, after]) => before !== after)
    ? { ...value, ...Object.fromEntries(entries.map(([key, , after]) => [key, after])) }
    : value;
}
