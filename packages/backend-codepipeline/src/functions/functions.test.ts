import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFirstStack } from '@cdkpipe/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { FunctionSpec } from '../contract/function-spec.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import {
  pipelineStatements,
  type RenderedFiles,
  removeRendered,
  renderPlan,
  roleStatements,
} from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const elsewhere = { account: '222222222222', region: 'us-east-1' };

/** Renders a pipeline whose approvals are functions of this kind. */
function renderFunctions(spec: FunctionSpec, names = ['Check'], runIn?: typeof elsewhere): Promise<RenderedFiles> {
  const plan = planOf({
    deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], approvals: names }],
    ...(runIn === undefined ? {} : { runIn: { 'Beta/Check': runIn } }),
  });
  return renderPlan(plan, {
    drawStep: (_, context) => context.invoke(context.makeFunction(spec), 'the text'),
  });
}

/** Logical IDs of what the step has begin like this. */
const step = 'BetaCheckapprove';

/** Logical ID of the step's one resource of a type. */
function idOf(result: RenderedFiles, type: string): string {
  const resources = Object.entries<{ Type: string }>(result.template().Resources);
  const ids = resources.flatMap(([id, { Type }]) => (Type === type && id.startsWith(step) ? [id] : []));
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
}

const inline: FunctionSpec = { code: 'exports.handler = () => {};', timeout: 2 };

describe('a function of a step', () => {
  it('stands in the template with a log of its own, which is all that it may write', async () => {
    const result = await renderFunctions({ ...inline, env: { NOTE: '#{a.b}' }, description: 'Checks' });
    const logs = idOf(result, 'AWS::Logs::LogGroup');
    expect(result.resource('AWS::Logs::LogGroup', step)).toEqual({ RetentionInDays: 90 });
    expect(result.template().Resources[logs]).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate' });
    expect(result.resource('AWS::Lambda::Function')).toEqual({
      Code: { ZipFile: 'exports.handler = () => {};' },
      Description: 'Checks',
      Environment: { Variables: { NOTE: '#{a.b}' } },
      Handler: 'index.handler',
      LoggingConfig: { LogGroup: { Ref: logs } },
      Role: { 'Fn::GetAtt': [expect.stringMatching(/^BetaCheckapprove.*Role/), 'Arn'] },
      Runtime: 'nodejs24.x',
      Timeout: 120,
    });
    expect(roleStatements(result, step)).toEqual([
      {
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Effect: 'Allow',
        Resource: [{ 'Fn::GetAtt': [logs, 'Arn'] }],
      },
    ]);
  });

  it('is invoked by an action whose role may call this function and no other', async () => {
    const result = await renderFunctions(inline);
    const id = idOf(result, 'AWS::Lambda::Function');
    expect(result.action('Beta.Check')).toMatchObject({
      ActionTypeId: { Category: 'Invoke', Owner: 'AWS', Provider: 'Lambda' },
      Configuration: { FunctionName: { Ref: id }, UserParameters: 'the text' },
    });
    const calls = pipelineStatements(result).filter(({ Action }) => Action.includes('lambda:InvokeFunction'));
    expect(calls).toMatchObject([{ Resource: [{ 'Fn::GetAtt': [id, 'Arn'] }] }]);
  });

  it('that answers jobs may say how they ended, and is not called again when it crashes', async () => {
    const result = await renderFunctions({ ...inline, answersJobs: true });
    expect(roleStatements(result, step).map(({ Action }) => Action)).toContainEqual([
      'codepipeline:PutJobSuccessResult',
      'codepipeline:PutJobFailureResult',
    ]);
    expect(result.resource('AWS::Lambda::EventInvokeConfig')).toMatchObject({
      MaximumRetryAttempts: 0,
      Qualifier: '$LATEST',
    });
  });

  it('may do what it is granted', async () => {
    const grants = [{ actions: ['sns:Publish'], resources: ['arn:aws:sns:x'], reason: 'tell' }];
    const statements = roleStatements(await renderFunctions({ ...inline, grants }), step);
    expect(statements).toContainEqual({ Action: ['sns:Publish'], Effect: 'Allow', Resource: ['arn:aws:sns:x'] });
  });

  it('has its files staged once, however many functions are made of them', async () => {
    const files = { 'index.mjs': 'export const run = () => {};', 'more.json': new TextEncoder().encode('{}') };
    const result = await renderFunctions({ code: files, handler: 'run', timeout: 15, memory: 512 }, ['One', 'Two']);
    const { files: staged } = JSON.parse(result.read(`${findFirstStack(result.inspection.next ?? [])}.assets.json`));
    const zips = Object.values<{ source: { path: string; packaging: string } }>(staged).filter(
      ({ source }) => source.packaging === 'zip',
    );
    expect(zips).toHaveLength(1);
    const directory = join(result.app.outdir, zips[0]?.source.path ?? '');
    expect(readdirSync(directory).toSorted()).toEqual(['index.mjs', 'more.json']);
    expect(readFileSync(join(directory, 'more.json'), 'utf8')).toBe('{}');
    for (const name of ['One', 'Two']) {
      expect(result.resource('AWS::Lambda::Function', `Beta${name}`)).toMatchObject({
        Code: { S3Key: `${directory.slice(-64)}.zip` },
        Handler: 'index.run',
        MemorySize: 512,
        Timeout: 900,
      });
    }
  });

  it('elsewhere has a name that the action and the role of the action say', async () => {
    const result = await renderFunctions(inline, ['Check'], elsewhere);
    const { FunctionName } = result.action('Beta.Check').Configuration;
    const stacks = readdirSync(result.app.outdir).filter((file) => file.endsWith('.template.json'));
    const functions = stacks.flatMap((file) => {
      const resources = Object.values<{ Type: string; Properties: Record<string, unknown> }>(
        JSON.parse(result.read(file)).Resources,
      );
      return resources.filter(({ Type }) => Type === 'AWS::Lambda::Function');
    });
    expect(functions).toMatchObject([{ Properties: { FunctionName } }]);
    const texts = stacks.map((file) => result.read(file)).join('\n');
    expect(texts).toContain(`"arn:aws:lambda:us-east-1:222222222222:function:${FunctionName}"`);
  });
});
