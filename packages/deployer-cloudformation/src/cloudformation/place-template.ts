/** Places a template where CloudFormation can read it. */
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { refused } from '@cdkpipe/core';
import { partitionOf } from '../aws/partition.ts';
import * as words from '../problems/problems.ts';
import { askAws, fillPlaceholders } from './aws-clients.ts';
import type { OpenedStack } from './opened-stack.ts';

/** Bytes of a template in the call itself; from the limits of CreateChangeSet. */
const inlineBytes = 51_200;

export async function placeTemplate(
  { target: { stack }, manifest: { templates }, clients, signal }: OpenedStack,
  text: string,
): Promise<{ TemplateBody: string } | { TemplateURL: string }> {
  const bytes = Buffer.byteLength(text);
  if (bytes <= inlineBytes) return { TemplateBody: text };
  if (!templates) throw refused([words.templateTooLarge(stack.stackName, bytes)]);
  const { env } = stack;
  const Bucket = fillPlaceholders(templates.bucket, env);
  const Key = `${createHash('sha256').update(text).digest('hex')}.json`;
  const s3 = clients.s3(env, {
    arn: templates.roleArn,
    externalId: templates.externalId,
    options: templates.roleOptions,
  });
  // A bucket of that name may have become another account's: S3 then answers 403 and stores nothing.
  const put = new PutObjectCommand({
    ...{ Bucket, Key, Body: text, ContentType: 'application/json' },
    ExpectedBucketOwner: env.account,
  });
  await askAws(env, 's3:PutObject of the template', () => s3.send(put, { abortSignal: signal }));
  return { TemplateURL: `https://${Bucket}.s3.${env.region}.${partitionOf(env.region).suffix}/${Key}` };
}
