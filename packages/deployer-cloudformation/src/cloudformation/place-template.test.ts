import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import type { OpenedStack } from './opened-stack.ts';
import { placeTemplate } from './place-template.ts';

test('a large template goes only to a bucket of the account of its stack', async () => {
  const puts: PutObjectCommandInput[] = [];
  const send = async ({ input }: { input: PutObjectCommandInput }) => puts.push(input);
  const opened = {
    target: { stack: { stackName: 'Api', env: { account: '222222222222', region: 'eu-west-1' } } },
    manifest: {
      templates: { bucket: 'cdk-assets-${AWS::AccountId}-${AWS::Region}', roleArn: 'arn:aws:iam::2:role/x' },
    },
    clients: { s3: () => ({ send }) },
    signal: new AbortController().signal,
  };
  const placed = await placeTemplate(opened as unknown as OpenedStack, 'x'.repeat(60_000));
  expect(puts).toMatchObject([{ Bucket: 'cdk-assets-222222222222-eu-west-1', ExpectedBucketOwner: '222222222222' }]);
  expect(placed).toEqual({
    TemplateURL: `https://cdk-assets-222222222222-eu-west-1.s3.eu-west-1.amazonaws.com/${puts[0]?.Key}`,
  });
});
