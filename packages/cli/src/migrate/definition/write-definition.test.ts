import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import type { OldPipeline, OldShellStep, OldStage, OldStep } from '../old-app/old-app.ts';
import { writeDefinition } from './write-definition.ts';

let lastKey = 100;
const common = (id: string, line: number) => ({
  key: ++lastKey,
  id,
  className: 'Step',
  dependsOn: [] as number[],
  at: { file: 'bin/app.ts', line },
});
const shell = (id: string, line: number, more: Partial<OldShellStep> = {}): OldShellStep => ({
  ...common(id, line),
  type: 'shell',
  commands: [[`./${id}.sh`]],
  installCommands: [],
  env: {},
  outputValues: {},
  inputs: [],
  exports: [],
  project: { other: [] },
  ...more,
});
const manual = (id: string, line: number): OldStep => ({ ...common(id, line), type: 'manual' });

const repository: OldStep = {
  ...common('acme_orders', 1),
  type: 'source',
  source: 'codeCommit',
  name: 'orders',
  branch: 'main',
  other: [],
};
const library: OldStep = {
  ...common('library', 2),
  type: 'source',
  source: 's3',
  name: 'acme-libs',
  objectKey: 'lib.zip',
  trigger: 'None',
  other: [],
};
const generate = shell('Generate', 3, {
  output: 'out',
  inputs: [{ directory: '.', producer: repository.key }],
  dependsOn: [repository.key],
});
const synth = shell('Synth', 4, {
  commands: [['cd infra && yarn cdk synth -q'], ['echo done']],
  inputs: [
    { directory: '.', producer: repository.key },
    { directory: 'generated', producer: generate.key },
    { directory: '../lib', producer: library.key },
  ],
  dependsOn: [repository.key, generate.key, library.key],
  output: 'infra/cdk.out',
  env: { COMMIT: [{ value: 'step', step: repository.key, name: 'CommitId' }] },
});

const stage = (id: string, more: Partial<OldStage> = {}): OldStage => ({
  id,
  above: 'Pipe',
  class: { name: 'Orders' },
  env: { account: '222222222222', region: 'eu-west-1' },
  props: {},
  constants: {},
  propsNotRead: [],
  stacks: [{ artifact: `${id}Api`, id: 'Api' }],
  pre: [],
  post: [],
  stackSteps: [],
  preparesChangeSets: true,
  at: { file: 'bin/app.ts', line: 50 },
  ...more,
});

const pipeline = (waves: OldPipeline['waves'], options: Partial<OldPipeline['options']> = {}): OldPipeline => ({
  name: 'orders',
  stack: 'Pipe',
  path: 'Pipe/Pipeline',
  env: { account: '111111111111', region: 'eu-west-1' },
  synth,
  waves,
  others: [repository, generate, library],
  options: {
    selfMutation: true,
    useChangeSets: true,
    publishEach: false,
    dockerForSynth: false,
    dockerForSelfMutation: false,
    defaults: {},
    other: [],
    ...options,
  },
});

function write(waves: OldPipeline['waves'], options?: Partial<OldPipeline['options']>) {
  const stages = waves.flatMap((wave) => wave.stages);
  const imports = new Map(
    stages.map((each) => [each, { from: './lib/orders', exportName: 'Orders', name: 'Orders' }] as const),
  );
  return writeDefinition(pipeline(waves, options), imports);
}
const wave = (id: string, stages: readonly OldStage[], more: { pre?: OldStep[]; post?: OldStep[] } = {}) => ({
  id,
  stages,
  pre: [],
  post: [],
  ...more,
});
const notesOf = (type: string, { notes }: ReturnType<typeof write>) =>
  notes.filter((note) => note.type === type).map(({ what, at }) => `${what} [${at?.line}]`);

test('sources, steps around the build, waves and their gates, as a whole definition', async () => {
  const first = shell('First', 10);
  const second = { ...manual('Second', 11), dependsOn: [first.key] };
  const report = shell('Report', 12, { outputValues: { URL: { artifact: 'ProdEuApi', name: 'Url' } } });
  const written = write(
    [
      wave('Beta', [stage('Beta', { pre: [manual('Open', 13)], post: [second, first] })], {
        post: [manual('Between', 14)],
      }),
      wave(
        'Source',
        [
          stage('ProdEu', { props: { size: 'large', 'odd key': [1, true, null] } }),
          stage('ProdUs', { pre: [manual('Open', 15)] }),
        ],
        {
          pre: [manual('Open', 16)],
          post: [report, manual('Last', 17)],
        },
      ),
    ],
    { selfMutation: false, dockerForSelfMutation: true, executionMode: 'QUEUED' },
  );
  await expect(written.text).toMatchFileSnapshot('write-definition.expected.ts.txt');
  expect(written.notes.filter(({ type }) => type === 'gate')).toEqual([]);
});

test('a gate without a counterpart is a note of its own, and a comment where it would be', () => {
  const ticket: OldStep = { ...common('Ticket', 20), className: 'Ticket', type: 'other' };
  const between = { stack: 'Api', when: 'post', step: manual('Between', 21) } as const;
  const tokens = shell('Tokens', 22, { commands: [['deploy ', { value: 'unknown', text: 'AWS.AccountId' }]] });
  const written = write([wave('Beta', [stage('Beta', { post: [ticket, tokens], stackSteps: [between] })])]);
  expect(notesOf('gate', written)).toEqual([
    'Between is behind the stack Api of Beta; gates here are around a deployment [21]',
    'the step Ticket is of the class Ticket, which no kind corresponds to [20]',
    'commands of Tokens hold a value that only CloudFormation or the old pipeline knows [22]',
  ]);
  expect(written.text.match(/\/\/ TODO: the gate (\w+)/g)).toEqual(
    ['Between', 'Ticket', 'Tokens'].map((name) => `// TODO: the gate ${name}`),
  );
  expect(written.text.match(/\/\/ - A GATE: /g)).toHaveLength(3);
});

test('text of the app stays text: it ends no string and no comment', () => {
  const hostile = `*/ '"\`\${process.exit(1)}\n;throw 1;\u2028throw 2//`;
  const gate: OldStep = {
    ...common(hostile, 30),
    type: 'manual',
    comment: [hostile],
    at: { file: `a${hostile}`, line: 1 },
  };
  const lost: OldStep = { ...common(hostile, 31), type: 'other', className: hostile, at: { file: hostile, line: 2 } };
  const { text } = write([
    wave(hostile, [stage('Beta', { props: { [hostile]: hostile, ['__proto__']: 1 }, post: [gate, lost] })]),
  ]);
  expect(() => transformSync(text, { loader: 'ts' })).not.toThrow();
  // Inside the one expression a statement is a syntax error; one of its own would begin a line.
  const begins = text.split(/[\n\u2028\u2029]/).filter((line) => /^[^ ]/.test(line));
  expect(begins.filter((line) => !/^(?:import |\/\/ |\/\*\* The pipeline|export default |\}\);$)/.test(line))).toEqual(
    [],
  );
});

test('a constant of the CDK in the props is written by its name, with its import', () => {
  const version = { module: 'aws-cdk-lib/aws-eks', className: 'KubernetesVersion', member: 'V1_31' };
  const { text, notes } = write([wave('Beta', [stage('Beta', { props: { size: 1 }, constants: { version } })])]);
  expect(text).toContain("import { KubernetesVersion } from 'aws-cdk-lib/aws-eks';\n");
  expect(text).toContain('stageClass(Orders, { props: { size: 1, version: KubernetesVersion.V1_31 } })');
  expect(notes.filter(({ what }) => what.includes('version'))).toEqual([]);
});

test('a stage whose class cannot be imported fails when it is synthesised, rather than being empty', () => {
  const { text, notes } = writeDefinition(pipeline([wave('Beta', [stage('Beta')])]), new Map());
  expect(text).toContain("throw new Error('TODO: the class Orders of Beta cannot be imported')");
  expect(notes).toContainEqual(expect.objectContaining({ type: 'open', at: { file: 'bin/app.ts', line: 50 } }));
});

describe('the context that the app was synthesised with', () => {
  const commandsFor = (command: string, given: Readonly<Record<string, string>> = {}) => {
    const old = { ...pipeline([wave('Beta', [stage('Beta')])]), synth: { ...synth, commands: [[command]] } };
    const { text, notes } = writeDefinition(old, new Map(), { given });
    const [, line = ''] = /\n {4}commands: \[(.*)\],\n/.exec(text) ?? [];
    return { line, noted: notes.some(({ what }) => what.includes('--context')) };
  };

  test.each([
    ['npx cdk synth -c stage=prod', "'npx cdkpipe synth --context stage=prod'"],
    [
      'npx cdk synth -q --context=branch="$BRANCH" --context size=1 && ls',
      `'npx cdkpipe synth --context branch="$BRANCH" --context size=1 && ls'`,
    ],
  ])('by the old command goes to ours: %s', (command, line) => {
    expect(commandsFor(command)).toEqual({ line, noted: false });
  });

  test('by the command line goes to ours, where the old command says nothing of the key, and is said', () => {
    const given = { stage: 'beta', 'my key': "it's" };
    expect(commandsFor('npx cdk synth -c stage=prod', given)).toEqual({
      line: `"npx cdkpipe synth --context stage=prod --context 'my key=it'\\\\''s'"`,
      noted: true,
    });
    expect(commandsFor('npm run build', { stage: 'beta' }).line).toBe(
      "'npm run build', 'npx cdkpipe synth --context stage=beta'",
    );
  });
});
