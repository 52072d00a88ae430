import { expect, test } from 'vitest';
import { bucketNameSchema } from './aws-names.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
test.each(['acme-libs', 'a.b-c', '3com', 'a'.repeat(63)])('%s can be the name of a bucket', (name) => {
  expect(bucketNameSchema.safeParse(name).success).toBe(true);
});

test.each([
  'ab',
  'a'.repeat(64),
  'Acme',
  'acme_libs',
  'acme..libs',
  '.acme',
  'acme-',
  '192.168.5.4',
  'xn--acme',
  'sthree-acme',
  'acme-s3alias',
  'acme--ol-s3',
  ' ',
])('"%s" cannot', (name) => {
  expect(bucketNameSchema.safeParse(name).success).toBe(false);
});
