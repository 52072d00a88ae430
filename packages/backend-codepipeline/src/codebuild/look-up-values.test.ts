import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ValueReference } from '@cdkpipe/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CodeBuildSpec } from '../contract/code-build-spec.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan, roleStatements, type Template } from '../fixture/render.test.fixture.ts';
import { lookUpCommand } from './look-up-command.ts';

let tools: string;
beforeEach(() => {
  tools = mkdtempSync(join(tmpdir(), 'cdkpipe-look-up-'));
});
afterEach(() => rmSync(tools, { recursive: true, force: true }));
afterEach(removeRendered);

const url: ValueReference = { $ref: 'output', stack: 'Orders', name: 'Url' };
const level: ValueReference = { $ref: 'variable', name: 'Level' };
const message: ValueReference = { $ref: 'source', attribute: 'commitMessage' };
const commit: ValueReference = { $ref: 'source', attribute: 'commitId' };

const checked = (spec: Partial<CodeBuildSpec>, account = '111111111111') =>
  renderPlan(
    planOf({
      variables: [{ name: 'Level', default: 'low' }],
      deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], outputs: { Orders: ['Url'] }, approvals: ['Smoke'] }],
      runIn: { 'Beta/Smoke': { account, region: 'eu-west-1' } },
    }),
    { drawStep: (_, context) => context.codeBuild({ category: 'Test', commands: ['./smoke.sh'], ...spec }) },
  );

const done = (value: string, change: object = {}) => ({
  stageName: 'Beta',
  actionName: 'Beta.Orders.Execute',
  status: 'Succeeded',
  lastUpdateTime: '2026-01-01T00:00:00Z',
  output: { outputVariables: { Url: value } },
  ...change,
});

const answering =
  '#!/bin/sh\necho "$*" >> "$TOOLS/calls"\nfor last; do :; done\ncat "$TOOLS/$2 $last" 2>/dev/null || cat "$TOOLS/$2"\n';

/** Runs the commands with an `aws` that answers by its verb, or by that and its last argument, and prints the variable as a build would see it. */
function lookUp(
  answers: Readonly<Record<string, unknown>>,
  wanted: readonly object[],
  { aws = answering, role }: { readonly aws?: string; readonly role?: string } = {},
) {
  for (const [verb, answer] of Object.entries(answers)) writeFileSync(join(tools, verb), JSON.stringify(answer));
  writeFileSync(join(tools, 'aws'), aws);
  chmodSync(join(tools, 'aws'), 0o755);
  return spawnSync('sh', ['-c', `${lookUpCommand(0, 0)} || exit $?\nprintf '%s' "$URL"; exec env`], {
    env: {
      PATH: `${tools}:${process.env.PATH}`,
      TOOLS: tools,
      CDKPIPE_PIPELINE: 'orders',
      CDKPIPE_REGION: 'eu-west-1',
      CDKPIPE_EXECUTION: 'e-1',
      CDKPIPE_ACTION: 'Beta/Beta.Smoke',
      CDKPIPE_VALUES: JSON.stringify(wanted),
      ...(role === undefined ? {} : { CDKPIPE_VALUE_ROLE: role }),
    },
    encoding: 'utf8',
    cwd: tools,
  });
}

const wantedUrl = { name: 'URL', variable: 'Url', stage: 'Beta', action: 'Beta.Orders.Execute' };

describe('a value that a build looks up', () => {
  it.each([
    'https://example.com',
    'two\nlines\n',
    'a "quoted" \\ text',
    "it's",
    '","type":"PLAINTEXT"},{"name":"PATH","value":"/evil',
    '$(touch pwned) `touch pwned` ; touch pwned',
    '',
  ])('arrives as it is: %j', (value) => {
    const { status, stdout, stderr } = lookUp({ 'list-action-executions': { actionExecutionDetails: [done(value)] } }, [
      wantedUrl,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.slice(0, value.length)).toBe(value);
    expect(stdout.slice(value.length)).toContain(`URL=${value}\n`);
    expect(stdout).not.toContain('CDKPIPE_FOUND');
    expect(() => rmSync(join(tools, 'pwned'))).toThrow();
  });

  it('is that of the newest action that succeeded in the stage', () => {
    const details = [
      done('old'),
      done('new', { lastUpdateTime: '2026-01-02T00:00:00Z' }),
      done('failed', { status: 'Failed', lastUpdateTime: '2026-01-03T00:00:00Z' }),
      done('other', { stageName: 'Prod', lastUpdateTime: '2026-01-04T00:00:00Z' }),
    ];
    const answers = { 'list-action-executions': { actionExecutionDetails: details } };
    expect(lookUp(answers, [wantedUrl]).stdout).toMatch(/^new/);
  });

  it('may be a variable of the run', () => {
    const variables = [{ name: 'Level', resolvedValue: 'a "b"' }];
    const answers = { 'get-pipeline-execution': { pipelineExecution: { variables } } };
    expect(lookUp(answers, [{ name: 'URL', variable: 'Level' }]).stdout).toMatch(/^a "b"/);
  });

  it('is asked for again where the call failed, with retries that adapt to throttling', () => {
    const flaky = `#!/bin/sh
echo "$AWS_RETRY_MODE $AWS_MAX_ATTEMPTS" >> "$TOOLS/calls"
if [ "$(wc -l < "$TOOLS/calls")" -lt 4 ]; then echo "An error occurred (ThrottlingException): Rate exceeded" >&2; exit 254; fi
cat "$TOOLS/$2"
`;
    const { status, stdout, stderr } = lookUp(
      { 'list-action-executions': { actionExecutionDetails: [done('here')] } },
      [wantedUrl],
      { aws: flaky },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^here/);
    expect(readFileSync(join(tools, 'calls'), 'utf8')).toBe('adaptive 8\n'.repeat(4));
  });

  it('is asked for as the role beside the pipeline, where the build runs in another account', () => {
    const assuming = `#!/bin/sh
echo "$1 $2 \${AWS_ACCESS_KEY_ID:-own} \${AWS_SESSION_TOKEN:-none}" >> "$TOOLS/calls"
[ "$1" = sts ] && [ "$4" = arn:aws:iam::111111111111:role/values ] && exec cat "$TOOLS/assume-role"
cat "$TOOLS/$2"
`;
    const { status, stdout, stderr } = lookUp(
      {
        'assume-role': { Credentials: { AccessKeyId: 'id', SecretAccessKey: 'key', SessionToken: 'token' } },
        'list-action-executions': { actionExecutionDetails: [done('a","name":"BASH_ENV","value":"$(id)')] },
      },
      [wantedUrl],
      { aws: assuming, role: 'arn:aws:iam::111111111111:role/values' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^a","name":"BASH_ENV","value":"\$\(id\)/);
    expect(stdout).not.toContain('AWS_SESSION_TOKEN');
    expect(readFileSync(join(tools, 'calls'), 'utf8')).toBe(
      'sts assume-role own none\ncodepipeline list-action-executions id token\n',
    );
  });

  it('that cannot be asked for ends the build with the reason', () => {
    const failing = '#!/bin/sh\necho "An error occurred (AccessDeniedException)" >&2; exit 254\n';
    const { status, stderr } = lookUp({}, [wantedUrl], { aws: failing });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'cdkpipe: CodePipeline could not be asked for values: An error occurred (AccessDeniedException)\n',
    );
  });

  it('is asked for at a random moment, as builds of one run order start together', () => {
    expect(lookUpCommand()).toContain('pause(3000 * Math.random())');
  });

  it('that CodePipeline does not know ends the build with a sentence', () => {
    const { status, stderr } = lookUp({ 'list-action-executions': { actionExecutionDetails: [] } }, [wantedUrl]);
    expect(status).toBe(1);
    expect(stderr).toBe('cdkpipe: CodePipeline knows no value of Url of Beta.Orders.Execute, for URL\n');
  });
});

describe('in a run that rolls back, a value', () => {
  const self = { stageName: 'Beta', actionName: 'Beta.Smoke', status: 'InProgress' };
  const built = { ...done('v1'), stageName: 'Build', actionName: 'Build' };
  const wantedVersion = { name: 'URL', variable: 'Url', stage: 'Build', action: 'Build' };
  const rollback = {
    'list-action-executions pipelineExecutionId=e-1': { actionExecutionDetails: [done('now'), self] },
    'list-action-executions pipelineExecutionId=e-0': {
      actionExecutionDetails: [done('then'), built, { ...self, status: 'Succeeded' }],
    },
    'get-pipeline-execution e-1': {
      pipelineExecution: { rollbackMetadata: { rollbackTargetPipelineExecutionId: 'e-0' } },
    },
    'get-pipeline-execution e-0': {
      pipelineExecution: { variables: [{ name: 'Level', resolvedValue: 'low' }] },
    },
  };

  it('of an earlier stage is that of the run it goes back to', () => {
    expect(lookUp(rollback, [wantedVersion]).stdout).toMatch(/^v1/);
  });

  it('of its own stage is its own', () => {
    expect(lookUp(rollback, [wantedUrl]).stdout).toMatch(/^now/);
  });

  it('of its own stage is never that of the run it goes back to', () => {
    const own = { actionExecutionDetails: [self] };
    const { status, stderr } = lookUp({ ...rollback, 'list-action-executions pipelineExecutionId=e-1': own }, [
      wantedUrl,
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain('knows no value of Url');
  });

  it('is not believed where CodePipeline names the run it goes back to as the current one', () => {
    const answers = {
      'list-action-executions': rollback['list-action-executions pipelineExecutionId=e-0'],
      'get-pipeline-execution': rollback['get-pipeline-execution e-0'],
    };
    expect(lookUp(answers, [wantedUrl]).status).toBe(1);
  });

  it('of a variable of the pipeline is that of the run it goes back to where it has none itself', () => {
    expect(lookUp(rollback, [{ name: 'URL', variable: 'Level' }]).stdout).toMatch(/^low/);
  });
});

describe('the variables of a step', () => {
  it('that may hold anything are looked up by the build, and nothing of them stands in the JSON of the action', async () => {
    const result = await checked({ env: { URL: url, LEVEL: level, MESSAGE: message, COMMIT: commit } });
    expect(JSON.parse(result.action('Beta.Smoke').Configuration.EnvironmentVariables)).toEqual([
      { name: 'CDKPIPE_EXECUTION', type: 'PLAINTEXT', value: '#{codepipeline.PipelineExecutionId}' },
      { name: 'CDKPIPE_ACTION', type: 'PLAINTEXT', value: 'Beta/Beta.Smoke' },
      { name: 'COMMIT', type: 'PLAINTEXT', value: '#{source.CommitId}' },
    ]);
    const { Environment, Source } = result.resource('AWS::CodeBuild::Project', 'BetaSmoke');
    const values = Environment.EnvironmentVariables.find(({ Name }: { Name: string }) => Name === 'CDKPIPE_VALUES');
    expect(JSON.parse(values.Value)).toEqual([
      wantedUrl,
      { name: 'LEVEL', variable: 'Level' },
      { name: 'MESSAGE', variable: 'CommitMessage', stage: 'Source', action: 'Source' },
    ]);
    expect(JSON.parse(Source.BuildSpec).phases.install.commands).toEqual([lookUpCommand()]);
    expect(result.action('Beta.Orders.Execute')).toHaveProperty('Namespace');
    expect(roleStatements(result, 'BetaSmoke')).toContainEqual({
      Effect: 'Allow',
      Action: ['codepipeline:ListActionExecutions', 'codepipeline:GetPipelineExecution'],
      Resource: ['arn:aws:codepipeline:eu-west-1:111111111111:orders'],
    });
  });

  it.each<[string, ValueReference, string[]]>([
    ['its own stage only', url, ['codepipeline:ListActionExecutions']],
    [
      'an earlier stage, of which a run that rolls back knows nothing itself',
      message,
      ['codepipeline:ListActionExecutions', 'codepipeline:GetPipelineExecution'],
    ],
    ['the pipeline', level, ['codepipeline:GetPipelineExecution']],
  ])('that are looked up come with the permissions for values of %s', async (_of, value, actions) => {
    const statements = roleStatements(await checked({ env: { VALUE: value } }), 'BetaSmoke');
    expect(
      statements.filter(({ Action }) => `${Action}`.includes('codepipeline:')).map(({ Action }) => Action),
    ).toEqual([actions]);
  });

  it.each<ValueReference>([
    message,
    url,
    level,
    { $ref: 'source', attribute: 'branch' },
    { $ref: 'source', attribute: 'authorDate' },
  ])('are refused where nothing can look them up, as CodePipeline escapes nothing: %j', async (value) => {
    await expect(checked({ env: { VALUE: value }, image: 'node:22' })).rejects.toMatchObject({
      code: 'FREE_TEXT_IN_ENVIRONMENT',
      message: expect.stringContaining('"VALUE"'),
    });
  });

  it('are pasted where AWS limits their characters, in any image', async () => {
    const result = await checked({ env: { COMMIT: commit }, image: 'node:22' });
    expect(result.action('Beta.Smoke').Configuration.EnvironmentVariables).toContain('#{source.CommitId}');
  });
});

describe('values of a build in another account', () => {
  const elsewhere = '222222222222';
  const env = { URL: url, LEVEL: level, MESSAGE: message, COMMIT: commit };

  it('are never pasted into the action, where a quotation mark would add variables to a gate', async () => {
    const result = await checked({ env }, elsewhere);
    const given = result.action('Beta.Smoke').Configuration.EnvironmentVariables;
    const hostile = 'a","name":"BASH_ENV","value":"$(id)';
    const pasted = given.replace(/#\{(?!codepipeline\.PipelineExecutionId|source\.CommitId)[^}]*\}/g, hostile);
    const names = JSON.parse(pasted).map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(['CDKPIPE_ACTION', 'CDKPIPE_EXECUTION', 'COMMIT']);
  });

  it('are looked up by a role beside the pipeline that only the role of this build may assume', async () => {
    const result = await checked({ env }, elsewhere);
    const found = (stack: object, type: string): Template[] =>
      Object.values<Template>((stack as Template).Resources).flatMap((each) =>
        each.Type === type ? [each.Properties] : [],
      );
    const foreign = result.app.node
      .findAll()
      .flatMap((node) => ((node as Template).account === elsewhere ? [(node as Template).artifactId as string] : []));
    const there = result.template(foreign[0]);
    const value = found(result.template(), 'AWS::IAM::Role').find(({ Description }) =>
      Description?.includes('look up'),
    );
    const reader = found(there, 'AWS::IAM::Role').find(({ Description }) => Description?.startsWith('Runs'));
    expect(value.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::${elsewhere}:root` },
        Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${elsewhere}:role/${reader.RoleName}` } },
      },
    ]);
    expect(value.Policies[0].PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['codepipeline:ListActionExecutions', 'codepipeline:GetPipelineExecution'],
        Resource: ['arn:aws:codepipeline:eu-west-1:111111111111:orders'],
      },
    ]);
    const roleArn = `arn:aws:iam::111111111111:role/${value.RoleName}`;
    expect(reader.Policies[0].PolicyDocument.Statement).toContainEqual({
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: [roleArn],
    });
    const [project] = found(there, 'AWS::CodeBuild::Project');
    expect(project.Environment.EnvironmentVariables).toContainEqual({
      Name: 'CDKPIPE_VALUE_ROLE',
      Type: 'PLAINTEXT',
      Value: roleArn,
    });
  });
});
