/** A topic of a step's own, for people who are told by e-mail. */
import type { Construct } from 'constructs';
import type { CdkModules } from '../aws/modules.ts';

/** Makes the topic with one subscription for each address and returns the topic's ARN (a token). */
export function drawEmailTopic({ sns }: CdkModules, scope: Construct, emails: readonly string[]): string {
  const topic = new sns.CfnTopic(scope, 'Topic', { kmsMasterKeyId: 'alias/aws/sns' });
  new sns.CfnTopicPolicy(scope, 'TopicPolicy', {
    topics: [topic.ref],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyEncryptedConnections',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Resource: topic.ref,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  });
  for (const email of emails) {
    // A slash would end the construct's name.
    const id = `Subscription-${email.toLowerCase().replaceAll('/', '--')}`;
    new sns.CfnSubscription(scope, id, { topicArn: topic.ref, protocol: 'email', endpoint: email });
  }
  return topic.ref;
}
