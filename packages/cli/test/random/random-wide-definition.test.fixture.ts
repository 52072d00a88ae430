/**
 * Random definitions of what {@link randomDefinition} leaves out, as only CodePipeline draws it: all six kinds, places of
 * steps, every prepare mode, rollback, and waves that need several stages. Steps are data, as JSON would have them.
 */
import fc from 'fast-check';
import { hostileText, nameOf } from './random-definition.test.fixture.ts';

type Position = 'wave' | 'change' | 'approval';

interface WideStep {
  readonly kind: string;
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

interface WideDeployment {
  readonly name: string;
  readonly env: { readonly account: string; readonly region: string };
  readonly stacks: number;
  /** Whether each stack waits for the one before. */
  readonly chained: boolean;
  readonly prepare?: 'all' | 'each' | false;
  readonly changes: readonly WideStep[];
  readonly approvals: readonly WideStep[];
}

export interface WideDefinition {
  readonly waves: readonly {
    readonly name: string;
    readonly before: readonly WideStep[];
    readonly rollback?: 'auto';
    readonly deployments: readonly WideDeployment[];
  }[];
}

const environment = fc.record({
  account: fc.constantFrom('111111111111', '222222222222', '333333333333'),
  region: fc.constantFrom('eu-west-1', 'us-east-1'),
});
const url = { $ref: 'output', stack: 'S0', name: 'Url' };
const office = { open: ['Mon-Fri 09:00-17:00'], timeZone: 'Europe/Berlin' };

/** Kinds with options that may stand at `position`; outputs are known after the execution only. */
function kindsAt(position: Position): fc.Arbitrary<Omit<WideStep, 'name'>> {
  const known = position === 'approval' ? { URL: url } : {};
  const places = position === 'wave' ? ['pipeline'] : ['pipeline', 'target'];
  const runIn = fc.oneof(fc.constantFrom(...places), environment);
  const passing = position === 'change' ? { passIfUnchanged: true } : {};
  const manual = (comment: string) => ({ kind: 'manual', options: { comment, emails: ['a@example.com'], ...passing } });
  const codebuild = (text: string, place: unknown) => ({
    kind: 'codebuild',
    options: { commands: [text], env: { TEXT: text, ...known }, inputs: ['cdk.out'], runIn: place },
  });
  const lambda = (text: string, place: unknown) => ({
    kind: 'lambda',
    options: { handler: './check.ts', payload: { text, ...known }, runIn: place },
  });
  return fc.oneof(
    hostileText.map(manual),
    fc.tuple(hostileText, runIn).map(([text, place]) => codebuild(text, place)),
    fc.tuple(hostileText, runIn).map(([text, place]) => lambda(text, place)),
    fc.constant({ kind: 'window', options: office }),
    ...(position === 'approval' ? [fc.constant({ kind: 'bake', options: { minutes: 5, alarms: ['Errors'] } })] : []),
    ...(position === 'change'
      ? [hostileText.map((comment) => ({ kind: 'securityReview', options: { comment } }))]
      : []),
  );
}

const steps = (position: Position, most: number): fc.Arbitrary<WideStep[]> =>
  fc
    .uniqueArray(nameOf('aB1.-_'), { maxLength: most, selector: (name) => name.toLowerCase() })
    .chain((names) => fc.tuple(...names.map((name) => kindsAt(position).map((step) => ({ ...step, name })))));

const deployment = fc
  .record({
    env: environment,
    stacks: fc.integer({ min: 1, max: 4 }),
    chained: fc.boolean(),
    prepare: fc.constantFrom(undefined, 'all' as const, 'each' as const, false as const),
    changes: steps('change', 2),
    approvals: steps('approval', 3),
  })
  .map(({ prepare, changes, approvals, ...rest }) => {
    const reviewed = prepare === false ? [] : changes;
    const taken = new Set(reviewed.map(({ name }) => name.toLowerCase()));
    return {
      ...rest,
      ...(prepare === undefined ? {} : { prepare }),
      changes: reviewed,
      approvals: approvals.filter(({ name }) => !taken.has(name.toLowerCase())),
    };
  });

const small = fc.record({
  before: steps('wave', 2),
  rollback: fc.constantFrom(undefined, 'auto' as const),
  deployments: fc.array(deployment, { minLength: 1, maxLength: 2 }),
});
/** At least 52 actions: more than a stage takes. */
const large = fc.record({
  before: steps('wave', 1),
  rollback: fc.constant(undefined),
  deployments: fc.array(
    deployment.map((each) => ({ ...each, stacks: 4 })),
    { minLength: 13, maxLength: 16 },
  ),
});

export const wideDefinition: fc.Arbitrary<WideDefinition> = fc
  .tuple(fc.array(small, { minLength: 1, maxLength: 2 }), fc.option(large, { nil: undefined }))
  .map(([few, many]) => ({
    waves: [...few, ...(many ? [many] : [])].map(({ rollback, ...wave }, index) => ({
      name: `W${index}`,
      ...(rollback === undefined ? {} : { rollback }),
      ...wave,
      deployments: wave.deployments.map((each, place) => ({ name: `D${index}-${place}`, ...each })),
    })),
  }));

/** IDs of the gates that the shape declares, told without any code of cdkpipe. */
export function wideGates({ waves }: WideDefinition): string[] {
  return waves.flatMap(({ name, before, deployments }) => [
    ...before.map((each) => `${name}:before/${each.name}`),
    ...deployments.flatMap((target) =>
      [...target.changes, ...target.approvals].map((each) => `${target.name}/${each.name}`),
    ),
  ]);
}

/** The project's files. */
export const wideProject = (shape: WideDefinition): Record<string, string> => ({
  'check.ts': 'export const handler = async () => {};\n',
  'cdkpipe.config.ts': `
import { build, defineConfig, source } from '@cdkpipe/core';
import bakeApproval from '@cdkpipe/plugin-bake-approval';
import codebuildApproval from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval from '@cdkpipe/plugin-lambda-approval';
import manualApproval from '@cdkpipe/plugin-manual-approval';
import securityApproval from '@cdkpipe/plugin-security-approval';
import windowApproval from '@cdkpipe/plugin-window-approval';
import { CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';

const shape = ${JSON.stringify(shape)};

const stacksOf = ({ stacks, chained }) => (stage) => {
  let before;
  for (let index = 0; index < stacks; index += 1) {
    const stack = new Stack(stage, \`S\${index}\`);
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    new CfnOutput(stack, 'Url', { value: topic.ref });
    if (chained && before) stack.addStackDependency(before);
    before = stack;
  }
};

export default defineConfig({
  name: 'wide',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [bakeApproval, codebuildApproval, lambdaApproval, manualApproval, securityApproval, windowApproval],
  source: source.codeCommit('orders'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: shape.waves.map((wave) => ({
    ...wave,
    deployments: wave.deployments.map(({ stacks, chained, ...rest }) => ({
      ...rest,
      stacks: stacksOf({ stacks, chained }),
    })),
  })),
});
`,
});
