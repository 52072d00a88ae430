import { afterEach, describe, expect, it } from 'vitest';
import type { ToldPeople } from '../contract/told-people.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import {
  manual,
  pipelineStatements,
  type RenderedFiles,
  removeRendered,
  renderPlan,
  type Template,
} from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const topic = 'arn:aws:sns:eu-west-1:111111111111:releases';
const plan = planOf({ deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Done'] }] });
const telling = (people: ToldPeople) =>
  renderPlan(plan, {
    drawStep: (_, context) => {
      const { configuration, grants } = context.tell(people);
      return { ...manual, configuration, grants };
    },
  });
const ofType = (rendered: RenderedFiles, type: string): Template[] =>
  Object.values<Template>(rendered.template().Resources).filter(({ Type }) => Type === type);

describe('people who are told of an approval', () => {
  it('are the subscribers of an existing topic, and no other is published to', async () => {
    const rendered = await telling({ topic });
    expect(rendered.action('Beta.Done').Configuration).toEqual({ NotificationArn: topic });
    expect(pipelineStatements(rendered)).toContainEqual({
      Effect: 'Allow',
      Action: ['sns:Publish'],
      Resource: [topic],
    });
    expect(ofType(rendered, 'AWS::SNS::Topic')).toEqual([]);
  });

  it('are nobody where nobody is named', async () => {
    const rendered = await telling({});
    expect(rendered.action('Beta.Done').Configuration).toEqual({});
    expect(JSON.stringify(pipelineStatements(rendered))).not.toContain('sns:Publish');
  });

  it('cannot be reached by a topic of another region', async () => {
    await expect(telling({ topic: topic.replace('eu-west-1', 'us-east-1') })).rejects.toMatchObject({
      source: 'user',
      code: 'TOPIC_IN_OTHER_REGION',
      problems: [{ path: 'steps.Beta/Done.options.topic', node: 'Beta/Done:approve' }],
    });
  });

  it('get an encrypted topic of the step, which takes no message in plain text', async () => {
    const emails = ['a@example.com', 'x/y@example.com'];
    const rendered = await telling({ emails });
    const [id] = Object.entries<Template>(rendered.template().Resources).find(
      ([, { Type }]) => Type === 'AWS::SNS::Topic',
    ) ?? [''];
    expect(rendered.action('Beta.Done').Configuration).toEqual({ NotificationArn: { Ref: id } });
    expect(ofType(rendered, 'AWS::SNS::Topic')[0].Properties).toEqual({ KmsMasterKeyId: 'alias/aws/sns' });
    expect(ofType(rendered, 'AWS::SNS::Subscription').map(({ Properties }) => Properties)).toEqual(
      emails.map((Endpoint) => ({ Endpoint, Protocol: 'email', TopicArn: { Ref: id } })),
    );
    expect(ofType(rendered, 'AWS::SNS::TopicPolicy')[0].Properties).toMatchObject({
      Topics: [{ Ref: id }],
      PolicyDocument: { Statement: [{ Effect: 'Deny', Action: 'sns:Publish' }] },
    });
  });
});
