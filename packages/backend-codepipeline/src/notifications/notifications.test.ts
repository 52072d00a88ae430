import { afterEach, describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { home, planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan } from '../fixture/render.test.fixture.ts';
import { type CodePipelineOptionsInput, optionsSchema } from '../options/options.ts';

afterEach(removeRendered);

const topic = 'arn:aws:sns:eu-west-1:111111111111:releases';
const notified = (notifications: CodePipelineOptionsInput['notifications'], region = home.region) => {
  const planned = planOf();
  const pipeline = { ...planned.plan.pipeline, env: { ...home, region } };
  return renderPlan({ ...planned, plan: { ...planned.plan, pipeline } }, { options: { notifications } });
};
const link =
  'See https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/orders/view?region=eu-west-1';

describe('notifications', () => {
  it('of a failure come from an event of exactly this pipeline, in words that are data', async () => {
    const result = await notified({ onFailure: { topic } });
    expect(result.resource('AWS::Events::Rule')).toEqual({
      Description: 'Notifies people that a run failed, was rejected, canceled or stopped',
      EventPattern: {
        source: ['aws.codepipeline'],
        'detail-type': ['CodePipeline Pipeline Execution State Change'],
        detail: { pipeline: ['orders'], state: ['FAILED', 'CANCELED', 'STOPPED'] },
      },
      State: 'ENABLED',
      Targets: [
        {
          Id: 'Topic',
          Arn: topic,
          InputTransformer: {
            InputPathsMap: { execution: '$.detail.execution-id', state: '$.detail.state' },
            InputTemplate: expect.stringContaining(
              '"A run of the pipeline orders ended early: <state> (execution <execution>).',
            ),
          },
        },
      ],
    });
    const text = JSON.parse(result.resource('AWS::Events::Rule').Targets[0].InputTransformer.InputTemplate);
    expect(text).toContain('https://github.com/cdkpipe/cdkpipe/blob/main/docs/when-a-run-fails.md');
    expect(text.endsWith(link)).toBe(true);
  });

  it('of an approval come when it begins to wait, and name it', async () => {
    const rule = (await notified({ onApproval: { topic } })).resource('AWS::Events::Rule');
    expect(rule.EventPattern).toEqual({
      source: ['aws.codepipeline'],
      'detail-type': ['CodePipeline Action Execution State Change'],
      detail: {
        pipeline: ['orders'],
        state: ['STARTED'],
        type: { category: ['Approval'], owner: ['AWS'], provider: ['Manual'] },
      },
    });
    const { InputPathsMap, InputTemplate } = rule.Targets[0].InputTransformer;
    expect(InputPathsMap).toEqual({
      execution: '$.detail.execution-id',
      stage: '$.detail.stage',
      action: '$.detail.action',
    });
    expect(JSON.parse(InputTemplate)).toContain('waits for a decision: <action> in the stage <stage>');
  });

  it('by e-mail go to a topic in whose policy EventBridge finds no condition, as it supports none', async () => {
    const emails = ['b@example.com', 'A@example.com'];
    const result = await notified({
      onFailure: { emails },
      onApproval: { emails: ['a@example.com', 'B@example.com'] },
    });
    expect(result.resource('AWS::SNS::Topic')).toEqual({
      Subscription: [
        { Protocol: 'email', Endpoint: 'a@example.com' },
        { Protocol: 'email', Endpoint: 'b@example.com' },
      ],
    });
    const Resource = { Ref: 'FailureTopic' };
    expect(result.resource('AWS::SNS::TopicPolicy').PolicyDocument.Statement).toEqual([
      {
        Sid: 'EventBridge',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource,
      },
      {
        Sid: 'OnlyEncryptedConnections',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Resource,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('to different people have topics of their own', async () => {
    const result = await notified({ onFailure: { emails: ['a@b.com'] }, onSuccess: { emails: ['c@d.com'] } });
    expect(result.resource('AWS::SNS::TopicPolicy', 'SuccessTopicPolicy').Topics).toEqual([{ Ref: 'SuccessTopic' }]);
    expect(result.resource('AWS::SNS::TopicPolicy', 'FailureTopicPolicy').Topics).toEqual([{ Ref: 'FailureTopic' }]);
  });

  it.each([
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
    ['eusc-de-east-1', undefined],
  ])('in %s lead to the console of the partition', async (region, prefix) => {
    const result = await notified({ onSuccess: { emails: ['a@b.com'] } }, region);
    const text = result.resource('AWS::Events::Rule').Targets[0].InputTransformer.InputTemplate;
    if (prefix === undefined) expect(text).not.toContain('https:');
    else expect(text).toContain(prefix);
  });

  it('to a topic of another region are refused', () => {
    const options = optionsSchema.parse({ notifications: { onFailure: { topic: topic.replace('eu-', 'us-') } } });
    expect(codepipeline.check(planOf().plan, options)).toEqual([
      expect.objectContaining({
        code: 'TOPIC_IN_OTHER_REGION',
        path: 'backends.codepipeline.notifications.onFailure.topic',
      }),
    ]);
  });

  it.each([
    { onFailure: {} },
    { onFailure: { topic, emails: ['a@b.com'] } },
    { onFailure: { emails: [] } },
    { onFailure: { emails: ['a@b.com', 'A@b.com'] } },
    { onFailure: { emails: ['nobody'] } },
    { onFailure: { topic: 'releases' } },
    { onReject: { topic } },
  ])('%j are refused', (notifications) => {
    expect(optionsSchema.safeParse({ notifications }).success).toBe(false);
  });

  it('nobody asked for are not drawn', async () => {
    const text = JSON.stringify((await renderPlan(planOf())).template());
    expect(text).not.toMatch(/AWS::(SNS|Events)::/);
  });
});
