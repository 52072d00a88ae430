import { output, source } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { lambdaOnCodePipeline } from './codepipeline-renderer.ts';
import { fakePipeline, stepWith } from './fake-context.test.fixture.ts';
import { makeProject } from './run-check.test.fixture.ts';

const handler = './checks/latency.ts';
const files = { 'checks/latency.ts': 'export const handler = () => true;' };
const functionArn = 'arn:aws:lambda:eu-west-1:111111111111:function:change-calendar';
const path = 'waves[0].deployments[0].approvals[0].options';

describe('a handler on CodePipeline', () => {
  it('becomes a function that knows the payload, and an action that hands it the outputs', async () => {
    using project = makeProject(files);
    const { functions, contextFor } = fakePipeline(project.directory);
    const payload = { url: output('Orders', 'Url'), limitMs: 500, note: '#{a.b} {{resolve:ssm:/key}}' };
    const step = stepWith({ handler, payload, timeout: 2 });
    const { configuration } = await lambdaOnCodePipeline.render(step, contextFor(step));

    expect(configuration).toEqual({
      FunctionName: 'made',
      UserParameters: '|cdkpipe|#{Orders.Url}|cdkpipe|',
    });
    expect(functions).toEqual([
      {
        code: { 'index.mjs': expect.any(Uint8Array) },
        timeout: 2,
        memory: 512,
        env: {
          CDKPIPE_PAYLOAD:
            '{"url":{"$ref":"output","at":0},"limitMs":500,"note":"#\\u007ba.b} {\\u007bresolve:ssm:/key}}"}',
        },
        grants: [],
        answersJobs: true,
      },
    ]);
  });

  it('may do what its role policy says', async () => {
    using project = makeProject(files);
    const { contextFor, functions } = fakePipeline(project.directory);
    const statement = { actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] };
    const step = stepWith({ handler, rolePolicy: [{ effect: 'Deny', ...statement }] });
    await lambdaOnCodePipeline.render(step, contextFor(step));
    expect(functions).toMatchObject([{ timeout: 5, grants: [{ effect: 'Deny', ...statement }] }]);
  });

  it('has no parameters without outputs', async () => {
    using project = makeProject(files);
    const step = stepWith({ handler, payload: { limitMs: 500 } });
    const { configuration } = await lambdaOnCodePipeline.render(step, fakePipeline(project.directory).contextFor(step));
    expect(configuration.UserParameters).toBeUndefined();
  });

  it('is bundled once for the steps that share it', async () => {
    using project = makeProject(files);
    const { functions, contextFor } = fakePipeline(project.directory);
    for (const name of ['Beta', 'ProdEu', 'ProdUs']) {
      const step = stepWith({ handler, payload: { name } }, name);
      await lambdaOnCodePipeline.render(step, contextFor(step));
    }
    const bundles = functions.map(({ code }) => typeof code === 'object' && code['index.mjs']);
    expect(bundles).toHaveLength(3);
    expect(bundles[0]).toBeInstanceOf(Uint8Array);
    expect(new Set(bundles).size).toBe(1);
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
    const step = stepWith({ functionArn, payload: { commit: source.attribute('commitId'), note: '#{a.b}' } });
    expect(await lambdaOnCodePipeline.render(step, contextFor(step))).toMatchObject({
      configuration: {
        FunctionName: 'change-calendar',
        UserParameters: '{"commit":"#{source.commitId}","note":"#\\u007ba.b}"}',
      },
      grants: [{ actions: ['lambda:InvokeFunction'], resources: [functionArn] }],
    });
  });

  it('gets no parameters without a payload', async () => {
    const step = stepWith({ functionArn });
    const { configuration } = await lambdaOnCodePipeline.render(step, contextFor(step));
    expect(configuration).toEqual({ FunctionName: 'change-calendar', UserParameters: undefined });
  });

  it('may be of another account and region, where the step says that it runs there', async () => {
    const arn = 'arn:aws:lambda:us-east-1:222222222222:function:change-calendar';
    const step = { ...stepWith({ functionArn: arn }), runIn: { account: '222222222222', region: 'us-east-1' } };
    expect(await lambdaOnCodePipeline.render(step, contextFor(step))).toMatchObject({
      configuration: { FunctionName: 'change-calendar' },
      grants: [{ actions: ['lambda:InvokeFunction'], resources: [arn] }],
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
});

describe('a value that somebody else can choose', () => {
  it.each([
    ['the message of a commit', source.attribute('commitMessage'), 'commitMessage'],
    ['an output', output('Orders', 'Url'), 'output("Orders", "Url")'],
  ])('is refused in the payload of an existing function, whose JSON it could change: %s', (_what, value, text) => {
    const step = stepWith({ functionArn, payload: { nested: [{ value }] } });
    expect(() => lambdaOnCodePipeline.render(step, fakePipeline('').contextFor(step))).toThrow(
      expect.objectContaining({
        code: 'FREE_TEXT_IN_PAYLOAD',
        path: `${path}.payload`,
        message: expect.stringContaining(text),
      }),
    );
  });
});
