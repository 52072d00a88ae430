/**
 * Random definitions of moderate size, for tests of what must hold of every definition on every backend. A shape is
 * plain data that shrinks well; {@link definitionText} is the file an author would have written for it.
 */
import fc from 'fast-check';

export interface RandomStep {
  readonly kind: 'manual' | 'codebuild';
  readonly name: string;
  /** Comment or command: text that must stay as it is. */
  readonly text: string;
  /** Whether it is given an output of the deployment's first stack; only for approvals. */
  readonly takesOutput: boolean;
  /** Whether it passes by itself where nothing changes; only for manual change approvals. */
  readonly passIfUnchanged?: boolean;
}

export interface RandomStack {
  readonly id: string;
  /** Places of stacks before it in the list that it depends on. */
  readonly after: readonly number[];
}

export interface RandomDeployment {
  readonly name: string;
  readonly env: { readonly account: string; readonly region: string };
  readonly stacks: readonly RandomStack[];
  /** `none`: without change sets, and so without change approvals. */
  readonly prepare: 'auto' | 'each' | 'none';
  readonly changes: readonly RandomStep[];
  readonly approvals: readonly RandomStep[];
  readonly parallel: boolean;
}

export interface RandomWave {
  readonly name: string;
  readonly before: readonly RandomStep[];
  readonly deployments: readonly RandomDeployment[];
}

export interface RandomDefinition {
  readonly name: string;
  readonly additionalSources: readonly string[];
  readonly waves: readonly RandomWave[];
}

/** Few characters, so that names come close to each other and to what is made of them. */
export const nameOf = (characters: string) =>
  fc
    .tuple(fc.constantFrom('a', 'b', 'A'), fc.string({ unit: fc.constantFrom(...characters), maxLength: 5 }))
    .map(([first, rest]) => first + rest);
const nameKey = (name: string) => name.toLowerCase();
const several = <T>(item: fc.Arbitrary<T>, least: number, most: number, nameIt: (item: T) => string) =>
  fc.uniqueArray(item, { minLength: least, maxLength: most, selector: (each) => nameKey(nameIt(each)) });

/** What shells, YAML, CloudFormation and CodePipeline would take for more than text; only what is refused is left out. */
export const hostileText = fc
  .string({ unit: fc.constantFrom(...'ab $(){}[]\'"`\\;&|<>#:*!-%é\n\t'.split('')), minLength: 1, maxLength: 24 })
  .map((text) => `x${text.replaceAll('#{', '# {').replaceAll('{{', '{ {')}`);

const stepOf = (kind: fc.Arbitrary<RandomStep['kind']>): fc.Arbitrary<RandomStep> =>
  fc.record({ kind, name: nameOf('aB1.-_'), text: hostileText, takesOutput: fc.boolean() });
const step = stepOf(fc.constantFrom('manual', 'codebuild'));
const steps = (most: number) => several(step, 0, most, ({ name }) => name);

const stacks: fc.Arbitrary<readonly RandomStack[]> = several(nameOf('aB1-'), 1, 3, String).chain((ids) =>
  fc
    .tuple(...ids.map((_, index) => fc.subarray([...Array(index).keys()])))
    .map((after) => ids.map((id, index) => ({ id, after: after[index] ?? [] }))),
);

const deployment: fc.Arbitrary<RandomDeployment> = fc
  .record({
    name: nameOf('aB1.-').filter((name) => !name.endsWith('-')),
    env: fc.record({
      account: fc.constantFrom('111111111111', '222222222222', '333333333333'),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
    }),
    stacks,
    prepare: fc.constantFrom('auto' as const, 'auto' as const, 'each' as const, 'none' as const),
    changes: steps(2),
    approvals: steps(3),
    parallel: fc.boolean(),
  })
  .map((each) => withDistinctSteps(each.prepare === 'none' ? { ...each, changes: [] } : each));

/** Steps of one deployment share their names. */
function withDistinctSteps(given: RandomDeployment): RandomDeployment {
  const taken = new Set(given.changes.map(({ name }) => nameKey(name)));
  return { ...given, approvals: given.approvals.filter(({ name }) => !taken.has(nameKey(name))) };
}

/**
 * Names of deployments are unique in a pipeline, so they are drawn together and dealt out to the waves, at most three to
 * each: what is made of them fits into a stage.
 */
export const randomDefinition: fc.Arbitrary<RandomDefinition> = fc
  .record({
    name: nameOf('aB1.-_@'),
    additionalSources: fc.uniqueArray(fc.constantFrom('a-b', 'a_b', 'a.b', 'lib/a'), { maxLength: 3 }),
    waves: several(fc.record({ name: nameOf('aB1.-_@'), before: steps(2) }), 1, 3, ({ name }) => name),
    deployments: several(deployment, 1, 5, ({ name }) => name),
  })
  .map(({ waves, deployments, ...rest }) => ({
    ...rest,
    waves: waves.slice(0, deployments.length).map((wave, index, used) => ({
      ...wave,
      deployments: deployments.filter((_, place) => place % used.length === index).slice(0, 3),
    })),
  }));

/** IDs of the gates that the shape declares, told without any code of cdkpipe. */
export function declaredGates({ waves }: RandomDefinition): string[] {
  return waves.flatMap(({ name, before, deployments }) => [
    ...before.map((each) => `${name}:before/${each.name}`),
    ...deployments.flatMap((target) =>
      [...target.changes, ...target.approvals].map((each) => `${target.name}/${each.name}`),
    ),
  ]);
}

export function stepsOf({ waves }: RandomDefinition): RandomStep[] {
  return waves.flatMap(({ before, deployments }) => [
    ...before,
    ...deployments.flatMap(({ changes, approvals }) => [...changes, ...approvals]),
  ]);
}

/** `cdkpipe.config.ts`. */
export function definitionText(shape: RandomDefinition): string {
  return `
import { build, defineConfig, deploy, output, parallel, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';

const shape = ${JSON.stringify(shape)};

const stepOf = (stack) => ({ kind, name, text, takesOutput, passIfUnchanged = false }) => {
  const url = takesOutput && stack !== undefined ? output(stack, 'Url') : undefined;
  if (kind === 'manual') return manual(name, { comment: url ? [text, url] : text, passIfUnchanged });
  return codebuild(name, { commands: [text], env: { TEXT: text, ...(url ? { URL: url } : {}) } });
};

// A deployment may have dots in its name, a stack in CloudFormation may not.
let count = 0;

const stacksOf = (stacks) => (stage) => {
  const made = [];
  for (const { id, after } of stacks) {
    const stack = new Stack(stage, id, { stackName: \`Stack\${(count += 1)}\` });
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    new CfnOutput(stack, 'Url', { value: topic.ref });
    for (const place of after) stack.addStackDependency(made[place]);
    made.push(stack);
  }
};

export default defineConfig({
  name: shape.name,
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval, codebuildApproval],
  source: source.codeCommit('orders'),
  additionalSources: Object.fromEntries(shape.additionalSources.map((name) => [name, source.s3('libs', name)])),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: shape.waves.map(({ name, before, deployments }) =>
    wave(
      name,
      deployments.map(({ name, env, stacks, prepare, changes, approvals, parallel: atOnce }) => {
        const after = approvals.map(stepOf(stacks[0].id));
        return deploy(name, {
          env,
          stacks: stacksOf(stacks),
          ...(prepare === 'auto' ? {} : { prepare: prepare === 'none' ? false : prepare }),
          changes: changes.map(stepOf()),
          approvals: atOnce && after.length > 1 ? [parallel(...after)] : after,
        });
      }),
      { before: before.map(stepOf()) },
    ),
  ),
});
`;
}
