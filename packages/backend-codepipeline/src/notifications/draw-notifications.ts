/** Draws who is notified about what: rules of EventBridge that publish to topics. */
import type * as awsSns from 'aws-cdk-lib/aws-sns';
import { findConsole } from '../aws/console.ts';
import type { Drawing, DrawnActions } from '../drawing/drawing.ts';
import type { NotificationOptions, Recipients } from '../options/options.ts';
import { approvalsOf } from './approvals.ts';
import type { NoticeRule } from './notice-rule.ts';
import { type NoticeName, notices } from './notices.ts';

/** The same addresses share one topic, so that everybody confirms one subscription. */
export function drawNotifications(
  drawing: Drawing,
  notifications: NotificationOptions | undefined,
  actions: DrawnActions,
): void {
  const { home, plan } = drawing;
  const place = { pipeline: plan.pipeline.name, region: home.region, approvals: approvalsOf(plan.nodes, actions) };
  const link = findConsole(place);
  /** ARNs of topics, by their addresses. */
  const topics = new Map<string, string>();
  for (const [name, recipients] of Object.entries(notifications ?? {})) {
    if (!recipients) continue;
    const { id, rules } = notices[name as NoticeName];
    const addresses = addressesOf(recipients);
    const key = JSON.stringify(addresses);
    const topic = recipients.topic ?? topics.get(key) ?? drawTopic(drawing, id, addresses);
    if (recipients.topic === undefined) topics.set(key, topic);
    for (const rule of rules(place)) drawRule(drawing, rule, { topic, link });
  }
}

function addressesOf({ emails = [] }: Recipients): string[] {
  return emails.map((email) => email.toLowerCase()).sort();
}

function drawRule(
  { cdk, stack }: Drawing,
  { id, description, pattern, fields, text }: NoticeRule,
  { topic, link }: { readonly topic: string; readonly link: string | undefined },
): void {
  const template = JSON.stringify(link === undefined ? text : `${text} See ${link}`);
  new cdk.events.CfnRule(stack, id, {
    description,
    eventPattern: pattern,
    state: 'ENABLED',
    targets: [{ id: 'Topic', arn: topic, inputTransformer: { inputPathsMap: { ...fields }, inputTemplate: template } }],
  });
}

/** AWS's own key for SNS does not let EventBridge in, so the topic has none; it holds no more than names and IDs. */
function drawTopic(drawing: Drawing, id: string, emails: readonly string[]): string {
  const { context, stack } = drawing;
  const sns = context.cdk.require('aws-cdk-lib/aws-sns') as typeof awsSns;
  const topic = new sns.CfnTopic(stack, `${id}Topic`, {
    subscription: emails.map((endpoint) => ({ protocol: 'email', endpoint })),
  });
  drawTopicPolicy(drawing, id, topic.ref);
  return topic.ref;
}

/**
 * The statement for EventBridge has no `Condition`, as EventBridge does not support one in the policy of a topic:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions. A denial whose condition
 * finds no value does not apply, so the second statement cannot keep a notice back.
 */
function drawTopicPolicy({ context, stack }: Drawing, id: string, arn: string): void {
  const sns = context.cdk.require('aws-cdk-lib/aws-sns') as typeof awsSns;
  new sns.CfnTopicPolicy(stack, `${id}TopicPolicy`, {
    topics: [arn],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'EventBridge',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: arn,
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
