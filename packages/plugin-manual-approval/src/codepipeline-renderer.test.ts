import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { manualOnCodePipeline } from './codepipeline-renderer.ts';
import { fakeContext, stepWith } from './fake-context.test.fixture.ts';

const url = { $ref: 'output', stack: 'Orders', name: 'Url' } as const;

describe('manual on CodePipeline', () => {
  it('is an approval action without configuration when there are no options', () => {
    const { context, template } = fakeContext();
    const action = manualOnCodePipeline.render(stepWith({}), context);
    expect(action).toEqual({ category: 'Approval', provider: 'Manual', configuration: {} });
    expect(template().toJSON()).not.toHaveProperty('Resources');
  });

  it('hands comment, link and time-out on, outputs as variables', () => {
    const options = { comment: ['See ', url, '.'], link: url, timeout: 60 };
    expect(manualOnCodePipeline.render(stepWith(options), fakeContext().context)).toEqual({
      category: 'Approval',
      provider: 'Manual',
      configuration: { CustomData: 'See #{Orders.Url}.', ExternalEntityLink: '#{Orders.Url}' },
      timeout: 60,
    });
  });

  it('lets no variable arise between two texts', () => {
    const options = { comment: ['costs #', '{codepipeline.PipelineExecutionId}'] };
    expect(() => manualOnCodePipeline.render(stepWith(options), fakeContext().context)).toThrow(
      'a variable in comment',
    );
  });

  it('publishes to an existing topic and to nothing else', () => {
    const { context, template } = fakeContext();
    const topic = 'arn:aws:sns:eu-west-1:111111111111:releases';
    expect(manualOnCodePipeline.render(stepWith({ topic }), context)).toMatchObject({
      configuration: { NotificationArn: topic },
      grants: [{ actions: ['sns:Publish'], resources: [topic] }],
    });
    expect(template().toJSON()).not.toHaveProperty('Resources');
  });

  it('refuses a topic of another region and names the option', () => {
    const step = stepWith({ topic: 'arn:aws:sns:us-east-1:111111111111:releases' });
    expect(() => manualOnCodePipeline.render(step, fakeContext().context)).toThrow(
      expect.objectContaining({
        source: 'user',
        code: 'TOPIC_IN_OTHER_REGION',
        path: 'waves[0].deployments[0].approvals[0].options.topic',
      }),
    );
  });

  it('makes an encrypted topic with a subscription for each address', async () => {
    const { context, stack, template } = fakeContext();
    const emails = ['a@example.com', 'x/y@example.com'];
    const action = await manualOnCodePipeline.render(stepWith({ emails }), context);
    const [id] = Object.keys(
      template().findResources('AWS::SNS::Topic', { Properties: { KmsMasterKeyId: 'alias/aws/sns' } }),
    );
    expect(stack.resolve(action.configuration)).toEqual({ NotificationArn: { Ref: id } });
    expect(stack.resolve(action.grants)).toMatchObject([{ actions: ['sns:Publish'], resources: [{ Ref: id }] }]);
    template().resourceCountIs('AWS::SNS::Subscription', 2);
    for (const Endpoint of emails)
      template().hasResourceProperties('AWS::SNS::Subscription', {
        Endpoint,
        Protocol: 'email',
        TopicArn: { Ref: id },
      });
    template().hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: id }],
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Action: 'sns:Publish' })] },
    });
  });
});
