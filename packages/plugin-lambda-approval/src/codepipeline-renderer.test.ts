import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { output, source } from '@cdkpipe/core';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { lambdaOnCodePipeline } from './codepipeline-renderer.ts';
import { fakePipeline, stepWith } from './fake-context.test.fixture.ts';
import { makeProject } from './run-check.test.fixture.ts';

const handler = './checks/latency.ts';
const files = { 'checks/latency.ts': 'export const handler = () => true;' };
const functionArn = 'arn:aws:lambda:eu-west-1:111111111111:function:change-calendar';
const path = 'waves[0].deployments[0].approvals[0].options';

describe('a handler on CodePipeline', () => {
  it('becomes a function that the pipeline may call, and an action that hands it the outputs', async () => {
    using project = makeProject(files);
    const { stack, contextFor } = fakePipeline(project.directory);
    const payload = { url: output('Orders', 'Url'), limitMs: 500, note: '#{a.b} {{resolve:ssm:/key}}' };
    const step = stepWith({ handler, payload, timeout: 2 });
    const action = await lambdaOnCodePipeline.render(step, contextFor(step));

    const template = Template.fromStack(stack);
    const [id = ''] = Object.keys(template.findResources('AWS::Lambda::Function'));
    expect(stack.resolve(action)).toMatchObject({
      category: 'Invoke',
      provider: 'Lambda',
      configuration: { FunctionName: { Ref: id }, UserParameters: '|cdkpipe|#{Orders.Url}|cdkpipe|' },
      grants: [
        { actions: ['lambda:InvokeFunction'], resources: [{ 'Fn::GetAtt': [id, 'Arn'] }] },
        { actions: ['lambda:ListFunctions'], resources: ['*'] },
      ],
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.handler',
      Timeout: 120,
      Environment: {
        Variables: {
          CDKPIPE_PAYLOAD:
            '{"url":{"$ref":"output","at":0},"limitMs":500,"note":"#\\u007ba.b} {\\u007bresolve:ssm:/key}}"}',
        },
      },
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: id },
      MaximumRetryAttempts: 0,
    });
  });

  it('may write its own log and report, and nothing else', async () => {
    using project = makeProject(files);
    const { stack, contextFor, grantsOfRoles } = fakePipeline(project.directory);
    const step = stepWith({ handler });
    await lambdaOnCodePipeline.render(step, contextFor(step));
    const template = Template.fromStack(stack);
    const [logGroup = ''] = Object.keys(
      template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 } }),
    );
    template.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: logGroup } },
      Timeout: 300,
    });
    expect(stack.resolve(grantsOfRoles)).toMatchObject([
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [{ 'Fn::GetAtt': [logGroup, 'Arn'] }] },
      { actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'], resources: ['*'] },
    ]);
  });

  it('may do what its role policy says beside that', async () => {
    using project = makeProject(files);
    const { contextFor, grantsOfRoles } = fakePipeline(project.directory);
    const statement = { actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] };
    const step = stepWith({ handler, rolePolicy: [{ effect: 'Deny', ...statement }] });
    await lambdaOnCodePipeline.render(step, contextFor(step));
    expect(grantsOfRoles.slice(2)).toMatchObject([{ effect: 'Deny', ...statement }]);
  });

  it('has no parameters without outputs', async () => {
    using project = makeProject(files);
    const step = stepWith({ handler, payload: { limitMs: 500 } });
    const { configuration } = await lambdaOnCodePipeline.render(step, fakePipeline(project.directory).contextFor(step));
    expect(Object.keys(configuration)).toEqual(['FunctionName']);
  });

  it('is bundled and staged once for the steps that share it', async () => {
    using project = makeProject(files);
    const { app, stack, contextFor } = fakePipeline(project.directory);
    for (const name of ['Beta', 'ProdEu', 'ProdUs']) {
      const step = stepWith({ handler, payload: { name } }, name);
      await lambdaOnCodePipeline.render(step, contextFor(step));
    }
    app.synth();
    const manifest = JSON.parse(readFileSync(join(app.outdir, 'Pipeline.assets.json'), 'utf8'));
    const sources = Object.values<{ source: { path: string; packaging: string } }>(manifest.files).map(
      ({ source }) => source,
    );
    const zips = sources.filter(({ packaging }) => packaging === 'zip');
    expect(zips).toEqual([{ path: expect.stringMatching(/^asset\.[0-9a-f]{64}$/), packaging: 'zip' }]);
    expect(readdirSync(join(app.outdir, zips[0]?.path ?? ''))).toEqual(['index.mjs']);
    Template.fromStack(stack).allResourcesProperties('AWS::Lambda::Function', {
      Code: { S3Key: Match.stringLikeRegexp(`${zips[0]?.path.slice('asset.'.length)}.zip`) },
    });
  });

  it('elsewhere has a fixed name, which the action and its permission say', async () => {
    using project = makeProject(files);
    const { stack, contextFor } = fakePipeline(project.directory);
    const step = { ...stepWith({ handler }), runIn: { account: '222222222222', region: 'us-east-1' } };
    const action = await lambdaOnCodePipeline.render(step, contextFor(step));
    const name = 'orders-Latency-Function';
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { FunctionName: name });
    expect(stack.resolve(action)).toMatchObject({
      region: 'us-east-1',
      configuration: { FunctionName: name },
      grants: [
        {
          actions: ['lambda:InvokeFunction'],
          resources: [`arn:aws:lambda:us-east-1:222222222222:function:${name}`],
        },
        { actions: ['lambda:ListFunctions'] },
      ],
    });
  });

  it('that does not exist is refused', async () => {
    using project = makeProject({});
    const step = stepWith({ handler });
    await expect(
      lambdaOnCodePipeline.render(step, fakePipeline(project.directory).contextFor(step)),
    ).rejects.toMatchObject({
      code: 'HANDLER_MISSING',
      path: `${path}.handler`,
    });
  });

  it('with more outputs than CodePipeline carries is refused', async () => {
    using project = makeProject(files);
    const payload = Array.from({ length: 60 }, (_item, index) => output('Orders', `Output${index}`));
    const step = stepWith({ handler, payload });
    await expect(
      lambdaOnCodePipeline.render(step, fakePipeline(project.directory).contextFor(step)),
    ).rejects.toMatchObject({
      code: 'USER_PARAMETERS_TOO_LONG',
      path: `${path}.payload`,
    });
  });
});

describe('an existing function on CodePipeline', () => {
  const contextFor = fakePipeline('').contextFor;

  it('is called by name, with its payload as JSON, and nothing is made', async () => {
    const step = stepWith({ functionArn, payload: { url: output('Orders', 'Url'), note: '#{a.b}' } });
    expect(await lambdaOnCodePipeline.render(step, contextFor(step))).toMatchObject({
      configuration: {
        FunctionName: 'change-calendar',
        UserParameters: '{"url":"#{Orders.Url}","note":"#\\u007ba.b}"}',
      },
      grants: [{ actions: ['lambda:InvokeFunction'], resources: [functionArn] }, { actions: ['lambda:ListFunctions'] }],
    });
  });

  it('gets no parameters without a payload', async () => {
    const step = stepWith({ functionArn });
    const { configuration } = await lambdaOnCodePipeline.render(step, contextFor(step));
    expect(configuration).toEqual({ FunctionName: 'change-calendar' });
  });

  it('may be of another account and region, where the step says that it runs there', async () => {
    const arn = 'arn:aws:lambda:us-east-1:222222222222:function:change-calendar';
    const step = { ...stepWith({ functionArn: arn }), runIn: { account: '222222222222', region: 'us-east-1' } };
    expect(await lambdaOnCodePipeline.render(step, contextFor(step))).toMatchObject({
      region: 'us-east-1',
      configuration: { FunctionName: 'change-calendar' },
      grants: [{ actions: ['lambda:InvokeFunction'], resources: [arn] }, { actions: ['lambda:ListFunctions'] }],
    });
  });

  it.each([
    ['region', functionArn.replace('eu-west-1', 'us-east-1')],
    ['account', functionArn.replace('111111111111', '222222222222')],
  ])('of another %s is refused', (_what, arn) => {
    const step = stepWith({ functionArn: arn });
    expect(() => lambdaOnCodePipeline.render(step, contextFor(step))).toThrow(
      expect.objectContaining({ code: 'FUNCTION_ELSEWHERE', path: `${path}.functionArn` }),
    );
  });
});

describe('the message of a commit', () => {
  const payload = { message: source.attribute('commitMessage') };

  it('goes to a handler like any value', async () => {
    using project = makeProject(files);
    const { contextFor } = fakePipeline(project.directory);
    const step = stepWith({ handler, payload });
    expect(await lambdaOnCodePipeline.render(step, contextFor(step))).toMatchObject({
      configuration: { UserParameters: '|cdkpipe|#{source.commitMessage}|cdkpipe|' },
    });
  });

  it('is refused for an existing function, whose JSON it could change', async () => {
    const { contextFor } = fakePipeline('');
    const step = stepWith({ functionArn, payload });
    await expect(async () => lambdaOnCodePipeline.render(step, contextFor(step))).rejects.toMatchObject({
      code: 'FREE_TEXT_IN_PAYLOAD',
      path: `${path}.payload`,
    });
  });
});
