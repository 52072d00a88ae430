/** Draws who is told of what: rules of EventBridge that publish to topics, which nobody else may publish to. */
import type * as awsSns from 'aws-cdk-lib/aws-sns';
import type { NotificationOptions, Recipients } from '../options.ts';
import type { Drawing } from '../render/drawing.ts';
import { findConsole, type Notice, type NoticeName, notices } from './notices.ts';

interface EmailTopic {
  /** Beginning of the IDs of its constructs: that of the first notice that uses it. */
  readonly id: string;
  readonly arn: string;
  /** ARNs of the rules that publish to it. */
  readonly rules: string[];
}

/** The same addresses share one topic, so that everybody confirms one subscription. */
export function drawNotifications(drawing: Drawing, notifications: NotificationOptions | undefined): void {
  const topics = new Map<string, EmailTopic>();
  for (const [name, recipients] of Object.entries(notifications ?? {})) {
    if (!recipients) continue;
    const notice = notices[name as NoticeName];
    if (recipients.topic !== undefined) {
      drawRule(drawing, notice, recipients.topic);
      continue;
    }
    const key = JSON.stringify(addressesOf(recipients));
    const { id } = notice;
    const topic = topics.get(key) ?? { id, arn: drawTopic(drawing, id, addressesOf(recipients)), rules: [] };
    topics.set(key, topic);
    topic.rules.push(drawRule(drawing, notice, topic.arn));
  }
  for (const topic of topics.values()) drawTopicPolicy(drawing, topic);
}

function addressesOf({ emails = [] }: Recipients): string[] {
  return emails.map((email) => email.toLowerCase()).sort();
}

/** @returns the rule's ARN */
function drawRule({ cdk, stack, home, plan }: Drawing, notice: Notice, topicArn: string): string {
  const place = { pipeline: plan.pipeline.name, region: home.region };
  const link = findConsole(place);
  const text = link === undefined ? notice.text(place) : `${notice.text(place)} See ${link}`;
  const rule = new cdk.events.CfnRule(stack, `${notice.id}Notice`, {
    description: notice.description,
    eventPattern: notice.pattern(place),
    state: 'ENABLED',
    targets: [
      {
        id: 'Topic',
        arn: topicArn,
        inputTransformer: { inputPathsMap: { ...notice.fields }, inputTemplate: JSON.stringify(text) },
      },
    ],
  });
  return rule.attrArn;
}

/** AWS's own key for SNS does not let EventBridge in, so the topic has none; it holds no more than names and IDs. */
function drawTopic({ context, stack }: Drawing, id: string, emails: readonly string[]): string {
  const sns = context.cdk.require('aws-cdk-lib/aws-sns') as typeof awsSns;
  const topic = new sns.CfnTopic(stack, `${id}Topic`, {
    subscription: emails.map((endpoint) => ({ protocol: 'email', endpoint })),
  });
  return topic.ref;
}

function drawTopicPolicy({ context, stack, home }: Drawing, { id, arn, rules }: EmailTopic): void {
  const sns = context.cdk.require('aws-cdk-lib/aws-sns') as typeof awsSns;
  new sns.CfnTopicPolicy(stack, `${id}TopicPolicy`, {
    topics: [arn],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyTheRulesOfThePipeline',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: arn,
          Condition: { StringEquals: { 'aws:SourceAccount': home.account }, ArnEquals: { 'aws:SourceArn': rules } },
        },
        {
          Sid: 'OnlyEncryptedConnections',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Resource: arn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  });
}
