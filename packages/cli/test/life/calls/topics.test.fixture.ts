/** What publishing to a topic calls. */
import type { Life, Row } from './life-call.test.fixture.ts';

export function publishRows(topic: string, cloud: Life['cloud']): Row[] {
  const key = cloud.findByArn('AWS::SNS::Topic', topic)?.properties.KmsMasterKeyId;
  const [, , , region, account] = topic.split(':');
  const encrypted: Row = {
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    on: `arn:aws:kms:${region}:${account}:key/aws-sns`,
    with: { 'kms:ViaService': `sns.${region}.amazonaws.com` },
    source: 'encryptedTopic',
  };
  return [
    { actions: 'sns:Publish', on: topic, source: 'approvalTopic' },
    ...(key === 'alias/aws/sns' ? [encrypted] : []),
  ];
}
