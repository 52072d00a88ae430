/** Finds the outputs that approvals select from the constructed stage, and has the CDK write down which they are. */
import type * as cdkLib from 'aws-cdk-lib';
import type { CdkLibrary } from '../contracts/backend.ts';
import { outputNotSelected } from '../errors/catalogue/outputs.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import { suggest } from '../errors/near-misses.ts';
import type { Problem } from '../errors/problem.ts';
import { isPropertyOfStage, outputText } from '../model/output-reference.ts';
import type { Deployment } from '../model/pipeline.ts';
import { findOutputReferences } from '../model/value-reference.ts';
import { stepsOf } from '../model/workflow.ts';

/** Type of the metadata in the manifest; its data are {@link MarkedOutput}. */
export const outputMetadata = 'cdkpipe:output';

/** A property of the constructed stage, and the logical ID of the output that it holds. */
export interface MarkedOutput {
  readonly property: string;
  readonly output: string;
}

interface Constructed {
  readonly cdk: CdkLibrary;
  readonly stage: cdkLib.Stage;
  /** What holds the properties: the stage, or what the function `stacks` returned. */
  readonly made: unknown;
}

/** To be called before the stage is synthesised. Faults are added to `problems`. */
export function markOutputs(deployment: Deployment, constructed: Constructed, problems: Problem[]): void {
  const marked = new Set<string>();
  for (const step of [deployment.changes, deployment.approvals].flatMap(stepsOf)) {
    for (const { reference, path } of findOutputReferences(step.options)) {
      if (!isPropertyOfStage(reference) || marked.has(reference.name)) continue;
      const found = findOutput(reference.name, constructed);
      if ('fault' in found) {
        const at = `${step.path}.options${path === '' ? '' : `.${path}`}`;
        problems.push(outputNotSelected(at, outputText(reference), deployment.name, found.fault));
        continue;
      }
      marked.add(reference.name);
      // The logical ID is a token, which is resolved when all constructs are final.
      const data: MarkedOutput = { property: reference.name, output: found.output.logicalId };
      found.output.node.addMetadata(outputMetadata, data);
    }
  }
}

type Found =
  | { readonly output: cdkLib.CfnOutput }
  | { readonly fault: { readonly found: string; readonly fix: string } };

function findOutput(property: string, { cdk, stage, made }: Constructed): Found {
  const { CfnOutput, NestedStack, Stack } = cdk.require('aws-cdk-lib') as typeof cdkLib;
  const expose = 'keep the output in a property, as in `this.url = new CfnOutput(api, "Url", { value })`';
  let value = made;
  for (const [index, name] of property.split('.').entries()) {
    const at = property.split('.').slice(0, index).join('.');
    const holder = value;
    if (holder === undefined && index === 0)
      return fault('the function `stacks` returns nothing', 'return the construct that has the output');
    if (typeof holder !== 'object' || holder === null) return fault(`"${at}" is ${shown(holder)}`, expose);
    try {
      if (!(name in holder)) {
        const known = namesOf(holder, (each) => each instanceof CfnOutput || index + 1 < property.split('.').length);
        return fault(`${at === '' ? 'there is' : `"${at}" has`} no property "${name}"`, suggest(name, known));
      }
      value = (holder as Record<string, unknown>)[name];
    } catch (error) {
      return fault(`the property "${name}" throws: ${describeThrown(error)}`, 'correct the property');
    }
  }
  if (!(value instanceof CfnOutput)) return fault(`"${property}" is ${shown(value)}, not a CfnOutput`, expose);
  if (!value.node.scopes.includes(stage))
    return fault(
      `the output ${value.node.path} belongs to another construct tree`,
      'select an output of a stack in the stage of the deployment',
    );
  if (NestedStack.isNestedStack(Stack.of(value)))
    return fault(
      `the output ${value.node.path} is of a nested stack, which only its parent reads`,
      'make a CfnOutput of the same value in the stack itself',
    );
  return { output: value };
}

const fault = (found: string, fix: string) => ({ fault: { found, fix } });

/** Names of properties whose value is wanted; getters are not called. */
function namesOf(holder: object, wants: (value: unknown) => boolean): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(holder))
    .filter(([name, { value }]) => !name.startsWith('_') && wants(value))
    .map(([name]) => name);
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const name = typeof value === 'object' ? value.constructor?.name : undefined;
  return name && name !== 'Object' ? `an object of the class ${name}` : `of the type ${typeof value}`;
}
