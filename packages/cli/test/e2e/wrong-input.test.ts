/** Wrong input, a row each: exact code, place and words; and text that looks like code but is data. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { isCdkpipeError, type Problem } from '@cdkpipe/core';
import { planProject, synthesize } from '@cdkpipe/core/host';
import { describe, expect, test } from 'vitest';
import type { Template } from '../security/emitted-policies.test.fixture.ts';
import { makeDirectory } from './run-cdkpipe.test.fixture.ts';

interface Definition {
  /** Statements before the definition. */
  readonly before?: string;
  /** Keys that replace those of the definition. */
  readonly keys?: string;
  /** Keys of the one deployment. */
  readonly deployment?: string;
  readonly stacks?: string;
}

const definitionOf = ({ before = '', keys = '', deployment = '', stacks = '' }: Definition) => `
import { build, defineConfig, defineKind, deploy, output, parallel, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval, { lambda } from '@cdkpipe/plugin-lambda-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import bakeApproval, { bake } from '@cdkpipe/plugin-bake-approval';
import windowApproval, { window } from '@cdkpipe/plugin-window-approval';
import { CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
const env = { account: '222222222222', region: 'eu-west-1' };
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const stackOf = (stage, id) => {
  const stack = new Stack(stage, id);
  new CfnOutput(stack, 'Url', { value: new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' }).ref });
};
const plugins = [manualApproval, codebuildApproval, lambdaApproval, bakeApproval, windowApproval];
${before}
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins,
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env, stacks: (stage) => { ${stacks || "stackOf(stage, 'Shop')"}; }, ${deployment} })])],
  ${keys}
});
`;

interface Fault {
  readonly code: string;
  readonly path?: string;
  readonly message: string;
}

/** What planning refuses; nothing is written. */
async function problemsOf(definition: Definition): Promise<readonly Problem[]> {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definitionOf(definition) });
  try {
    await planProject({ cwd, builtIns: [codePipeline] });
  } catch (error) {
    if (!isCdkpipeError(error)) throw error;
    return error.problems;
  }
  return [];
}

const faultsOf = async (definition: Definition): Promise<Fault[]> =>
  (await problemsOf(definition)).map(({ code, path, message }) => ({
    code,
    message,
    ...(path === undefined ? {} : { path }),
  }));

const approval = 'waves[0].deployments[0].approvals[0]';
const inApprovals = (step: string): Definition => ({ deployment: `approvals: [${step}]` });
const row = (code: string, path: string | undefined, message: string): Fault => ({
  code,
  message: expect.stringContaining(message) as string,
  ...(path === undefined ? {} : { path }),
});

describe('planning refuses', () => {
  test.each<[string, Definition, Fault]>([
    [
      'a kind that the backend can honour neither by a renderer nor by lowering',
      {
        before:
          "plugins.push({ name: 'pager', api: 1, kinds: [defineKind({ name: 'page', summary: 'pages someone' })] });",
        deployment: "approvals: [{ kind: 'page', name: 'OnCall' }]",
      },
      row(
        'KIND_NOT_RENDERED',
        approval,
        'the step "OnCall" is of kind "page", which the backend "codepipeline" can honour',
      ),
    ],
    [
      'a kind where it may not stand',
      { keys: "build: build({ commands: ['x'], before: [manual('Ask')] })," },
      row('STEP_MISPLACED', 'build.before[0]', '"manual"'),
    ],
    [
      'change approvals where there are no change sets',
      { deployment: "prepare: false, changes: [manual('Review')]" },
      row(
        'CHANGES_WITHOUT_CHANGE_SET',
        'waves[0].deployments[0].changes',
        'the deployment "Beta" has change approvals',
      ),
    ],
    [
      'a comment of 1,001 characters',
      inApprovals("manual('Go', { comment: 'x'.repeat(1001) })"),
      row('OPTIONS_INVALID', `${approval}.options.comment`, 'too big: expected string to have <=1000 characters'),
    ],
    [
      'a comment whose texts add up to 1,001 characters',
      inApprovals("manual('Go', { comment: ['x'.repeat(1000), output('Shop', 'Url'), 'y'] })"),
      row('OPTIONS_INVALID', `${approval}.options.comment`, 'expected at most 1000 characters'),
    ],
    [
      'an approval of 4 minutes',
      inApprovals("manual('Go', { timeout: 4 })"),
      row('OPTIONS_INVALID', `${approval}.options.timeout`, '5'),
    ],
    [
      'an option that the kind does not have',
      inApprovals("manual('Go', { quorum: 2 })"),
      row('UNKNOWN_KEY', `${approval}.options.quorum`, 'quorum'),
    ],
    [
      'a build with six inputs',
      { keys: "additionalSources: Object.fromEntries(many(5, (i) => ['lib' + i, source.s3('libs', 'a.zip')]))," },
      row('LIMIT_EXCEEDED', 'additionalSources', 'the input artifacts of the build: 6 artifacts, 1 more than the most'),
    ],
    [
      'a step with six inputs',
      inApprovals("codebuild('Smoke', { commands: ['x'], inputs: many(5, (i) => 'lib' + i) })"),
      row(
        'OPTIONS_INVALID',
        `${approval}.options.inputs`,
        'expected at most 4: CodePipeline hands a build 5 artifacts',
      ),
    ],
    [
      '51 stages',
      {
        keys: "waves: many(48, (i) => wave('W' + i, [deploy('D' + i, { env, stacks: (stage) => stackOf(stage, 'Shop') })])),",
      },
      row('LIMIT_EXCEEDED', undefined, 'stages of pipeline "shop": 51 stages, 1 more than the most AWS takes, 50'),
    ],
    [
      'more actions than the account may have in a pipeline',
      { keys: 'backends: { codepipeline: { actionsPerPipeline: 4 } },' },
      row('LIMIT_EXCEEDED', undefined, 'the actions of pipeline "shop": 5 actions, 1 more than the most AWS takes, 4'),
    ],
    [
      '51 actions in a stage that cannot be split',
      {
        keys: "waves: [wave('Big', [deploy('Big', { env, stacks: (stage) => many(24, (i) => stackOf(stage, 'Shop' + i)), changes: [manual('Review')] })])],",
      },
      row('LIMIT_EXCEEDED', 'waves[0]', 'the actions of stage "Big": 51 actions, 1 more than the most AWS takes, 50'),
    ],
    [
      'a window without hours, which never opens',
      inApprovals("window('Open', { open: [], timeZone: 'UTC' })"),
      row('OPTIONS_INVALID', `${approval}.options.open`, 'the window would never open'),
    ],
    [
      'a window that never opens for a run in a long closed time',
      inApprovals(
        "window('Open', { open: ['daily 09:00-10:00'], timeZone: 'UTC', closed: ['2030-01-01/2030-12-31'] })",
      ),
      row(
        'OPTIONS_INVALID',
        `${approval}.options.closed[0]`,
        'the window would never open for a run in 2030-01-01/2030-12-31',
      ),
    ],
    [
      'an alarm in another region',
      inApprovals("bake('Bake', { minutes: 5, alarms: ['arn:aws:cloudwatch:us-east-1:222222222222:alarm:5xx'] })"),
      row(
        'ALARM_ELSEWHERE',
        `${approval}.options.alarms[0]`,
        'the alarm "5xx" is in 222222222222/us-east-1, but the step watches alarms of 222222222222/eu-west-1',
      ),
    ],
    [
      'a kind whose parts no listed plugin brings',
      { ...inApprovals("bake('Bake', { minutes: 5 })"), keys: 'plugins: [bakeApproval],' },
      row(
        'KIND_UNKNOWN',
        approval,
        'the step "Bake" of kind "bake" is lowered to the kind "lambda", which no plugin of `plugins` brings',
      ),
    ],
    [
      'a repository whose name IAM would take for a pattern',
      { keys: "source: source.codeCommit('a*')," },
      row('VALUE_INVALID', 'source.repository', '"a*"'),
    ],
    [
      'a bucket whose name IAM would take for a pattern',
      { keys: "source: source.s3('libs-*', 'a.zip')," },
      row('VALUE_INVALID', 'source.bucket', '"libs-*"'),
    ],
    [
      'a key whose text IAM would take for a variable',
      { keys: "source: source.s3('libs', '${aws:username}.zip')," },
      row('VALUE_INVALID', 'source.key', '"${aws:username}.zip"'),
    ],
    [
      'an image repository whose name IAM would take for a pattern',
      { keys: "additionalSources: { base: source.ecr('base?') }," },
      row('VALUE_INVALID', 'additionalSources.base.repository', '"base?"'),
    ],
    [
      'a connection that stands for all of them',
      {
        keys: "source: source.connection('a/b', { connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/*' }),",
      },
      row('VALUE_INVALID', 'source.connectionArn', 'expected the ARN of a connection'),
    ],
    [
      'a branch that git would not take',
      { keys: "source: source.codeCommit('shop', { branch: 'a\\nb' })," },
      row('VALUE_INVALID', 'source.branch', 'expected the name of one branch'),
    ],
    [
      'an image that CloudFormation would look up',
      inApprovals("codebuild('Smoke', { commands: ['x'], image: '{{resolve:ssm:/image}}' })"),
      row('OPTIONS_INVALID', `${approval}.options.image`, 'docker image'),
    ],
    [
      'a cache in all buckets',
      { keys: "build: build({ commands: ['x'], cache: { type: 's3', bucket: '*' } })," },
      row('VALUE_INVALID', 'build.cache.bucket', 'expected the name of a bucket'),
    ],
    [
      'a report whose name IAM would take for a pattern',
      { keys: "build: build({ commands: ['x'], buildSpec: { reports: { 'a*': { files: ['x'] } } } })," },
      row('VALUE_INVALID', 'build.buildSpec.reports["a*"]', ''),
    ],
    [
      'a statement that CloudFormation would complete',
      {
        keys: "build: build({ commands: ['x'], rolePolicy: [{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['{{resolve:ssm:/arn}}'] }] }),",
      },
      row('VALUE_INVALID', 'build.rolePolicy[0].resources[0]', 'which CloudFormation would replace'),
    ],
    [
      'an execution mode in which runs would meet',
      { keys: "backends: { codepipeline: { executionMode: 'PARALLEL' } }," },
      row('OPTIONS_INVALID', 'backends.codepipeline.executionMode', "would replace each other's change sets"),
    ],
    [
      'an output that no stack has, with a new line in its name',
      inApprovals("codebuild('Smoke', { commands: ['x'], env: { URL: output('Shop', 'Url\\n') } })"),
      row('OUTPUT_UNKNOWN', `${approval}.options.env.URL`, 'the stack "Shop" has no output "Url\n"'),
    ],
    [
      'an output before it is there',
      { deployment: "changes: [codebuild('Lint', { commands: ['x'], env: { URL: output('Shop', 'Url') } })]" },
      row(
        'OUTPUT_NOT_KNOWN_YET',
        'waves[0].deployments[0].changes[0].options.env.URL',
        'output("Shop", "Url") is used before',
      ),
    ],
    [
      'a variable that no shell could name',
      inApprovals("codebuild('Smoke', { commands: ['x'], env: { 'A;B': 'x' } })"),
      row('OPTIONS_INVALID', `${approval}.options.env["A;B"]`, 'expected a name of A-Z a-z 0-9 _'),
    ],
    [
      'two waves whose names differ by case alone',
      {
        keys: "waves: ['Beta', 'beta'].map((name, i) => wave(name, [deploy('D' + i, { env, stacks: (stage) => stackOf(stage, 'Shop') })])),",
      },
      row('WAVE_NAME_TAKEN', 'waves[1].name', '"beta"'),
    ],
    [
      'actions whose names would meet',
      inApprovals("manual('Shop.Execute')"),
      row('ACTION_NAME_TAKEN', approval, 'two actions of "Beta" would be called "Beta.Shop.Execute"'),
    ],
  ])('%s', async (_, definition, fault) => {
    expect(await faultsOf(definition)).toEqual([fault]);
  });

  test.each([
    '$(touch x)',
    '`touch x`',
    'a b',
    'a;b',
    'a|b',
    "a'b",
    'a"b',
    'a: b',
    '- a',
    '#{a.b}',
    '${AWS::Region}',
    '{{resolve:ssm:x}}',
    'a\nb',
    'ä',
    '',
    'x'.repeat(101),
  ])('the name %j, of whatever it is', async (name) => {
    const text = JSON.stringify(name);
    const keys = `name: ${text}, waves: [wave(${text}, [deploy(${text}, { env, stacks: () => {}, approvals: [manual(${text})] })])],`;
    const faults = await faultsOf({ keys });
    expect(faults.map(({ code, path }) => `${code} ${path}`).toSorted()).toEqual([
      'NAME_INVALID name',
      'NAME_INVALID waves[0].deployments[0].name',
      'NAME_INVALID waves[0].name',
    ]);
    const step = await faultsOf(inApprovals(`manual(${text})`));
    expect(step).toEqual([row('NAME_INVALID', `${approval}.name`, '')]);
  });
});

describe('planning refuses what only drawing finds:', () => {
  test.each<[string, Definition, Fault]>([
    [
      'text that CodePipeline would resolve and that cannot be escaped',
      inApprovals("manual('Go', { comment: 'see #{Beta.Url}' })"),
      row('TEXT_WOULD_BE_RESOLVED', approval, '"comment" contains "#{", which CodePipeline would replace'),
    ],
    [
      'text that CloudFormation would resolve',
      inApprovals("codebuild('Smoke', { commands: ['echo {{resolve:secretsmanager:x}}'] })"),
      row('TEXT_WOULD_BE_RESOLVED', approval, '"commands" contains "{{resolve:", which CloudFormation would replace'),
    ],
    [
      'a topic in another region',
      inApprovals("manual('Go', { topic: 'arn:aws:sns:us-east-1:111111111111:approvals' })"),
      row('TOPIC_IN_OTHER_REGION', `${approval}.options.topic`, 'is not in eu-west-1, where the pipeline lives'),
    ],
    [
      'a function in another region',
      inApprovals("lambda('Check', { functionArn: 'arn:aws:lambda:us-east-1:111111111111:function:check' })"),
      row('FUNCTION_ELSEWHERE', `${approval}.options.functionArn`, 'us-east-1'),
    ],
    [
      'an output in an image that cannot look it up, where CodePipeline would paste it into JSON',
      {
        stacks: "new CfnOutput(new Stack(stage, 'Shop'), 'Url', { value: 'x' })",
        deployment:
          "approvals: [codebuild('Smoke', { commands: ['x'], image: 'node:22', env: { URL: output('Shop', 'Url') } })]",
      },
      row('FREE_TEXT_IN_ENVIRONMENT', approval, 'output("Shop", "Url")'),
    ],
    [
      'a quorum, as CodePipeline takes one decision of one person',
      inApprovals("manual('Go', { approvers: { count: 2 } })"),
      row('QUORUM_UNSUPPORTED', `${approval}.options.approvers`, 'cannot wait for a quorum'),
    ],
    [
      'an approval that is to pass when nothing changes, where it sees no change sets',
      inApprovals("manual('Go', { passIfUnchanged: true })"),
      row('PASS_WITHOUT_CHANGES', `${approval}.options.passIfUnchanged`, 'reviews no change sets where it stands'),
    ],
    [
      'an output of a step that is not around the build',
      inApprovals("codebuild('Smoke', { commands: ['x'], output: 'dist' })"),
      row('STEP_OUTPUT_MISPLACED', approval, 'which only steps around the build may have'),
    ],
  ])('%s', async (_, definition, fault) => {
    const problems = await problemsOf(definition);
    expect(problems).toEqual([expect.objectContaining(fault)]);
    const [{ node, kind, backend }] = problems as [Problem];
    expect([node, kind, backend]).toEqual([
      expect.stringMatching(/^Beta\//),
      expect.stringMatching(/^(manual|codebuild|lambda)$/),
      'codepipeline',
    ]);
  });

  test('commands that CodeBuild does not take inline, with the step that has them and where to put them', async () => {
    const problems = await problemsOf(inApprovals("codebuild('Smoke', { commands: ['x'.repeat(25600)] })"));
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        message: expect.stringContaining('(Runs the commands of Beta/Smoke): 25'),
        fix: expect.stringMatching(/^move commands into a file of the source/),
      }),
    ]);
  });

  test('more resources than a stack may have', async () => {
    const steps = "many(170, (i) => manual('Go' + i, { emails: ['a@example.com'] }))";
    const keys = `backends: { codepipeline: { actionsPerStage: 200 } },`;
    expect(await faultsOf({ deployment: `approvals: [parallel(...${steps})]`, keys })).toEqual([
      row(
        'LIMIT_EXCEEDED',
        undefined,
        'the resources of "shop-pipeline.template.json": 530 resources, 30 more than the most AWS takes, 500',
      ),
    ]);
  });
});

describe('text that looks like code is data', () => {
  const texts = [
    '${AWS::Region} $HOME $(touch x) `touch x`',
    '"; touch x; \'',
    '{"Ref":"Topic"} !Sub ${Topic} Fn::GetAtt',
    'a: b # c\n- d\n\t| > & *',
    '%s %n é 🚦',
  ];

  test('in comments, commands and variables', async () => {
    const steps = texts.flatMap((text, index) => [
      `manual('Go${index}', { comment: ${JSON.stringify(text)} })`,
      `codebuild('Run${index}', { commands: [${JSON.stringify(text)}], env: { TEXT: ${JSON.stringify(`${text} #{a.b}`)} } })`,
    ]);
    const cwd = makeDirectory({ 'cdkpipe.config.ts': definitionOf({ deployment: `approvals: [${steps.join()}]` }) });
    await synthesize({ cwd, builtIns: [codePipeline], validate: false });
    const template = JSON.parse(readFileSync(join(cwd, 'cdk.out/shop-pipeline.template.json'), 'utf8'));
    const resources = Object.values<Template>(template.Resources);
    const { Stages } = resources.find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline').Properties;
    const comments = Stages.flatMap(({ Actions }: Template) => Actions).flatMap(
      ({ Configuration }: Template) => Configuration.CustomData ?? [],
    );
    expect(comments).toEqual(texts);
    const projects = resources
      .filter(({ Type }) => Type === 'AWS::CodeBuild::Project')
      .map(({ Properties }) => Properties);
    const commands = projects.flatMap(({ Source }) => JSON.parse(Source.BuildSpec).phases.build.commands);
    expect(commands).toEqual(expect.arrayContaining(texts));
    const values = projects.flatMap(({ Environment }) => Environment.EnvironmentVariables ?? []);
    expect(values.map(({ Value }) => Value)).toEqual(expect.arrayContaining(texts.map((text) => `${text} #{a.b}`)));
  });
});
