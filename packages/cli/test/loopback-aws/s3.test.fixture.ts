/** Amazon S3 with the bucket in the path, as SDKs address it below an IP address. */
import { createHash } from 'node:crypto';
import type { PolicyDocument } from '../life/iam/policy.test.fixture.ts';
import { RawOutput, toXml } from './answer.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import type { Resource } from './resource-store.test.fixture.ts';
import type { Operation, StoredObject, World } from './world.test.fixture.ts';

const xml = (root: string, content: unknown) =>
  new RawOutput(`<?xml version="1.0" encoding="UTF-8"?><${root}>${toXml(content)}</${root}>`, {
    'content-type': 'application/xml',
  });

export function answerS3(operation: Operation): RawOutput {
  const { request } = operation.call;
  const url = new URL(request.url ?? '/', 'http://loopback');
  const [, bucketName = '', ...key] = url.pathname.split('/').map(decodeURIComponent);
  const bucket = operation.world.store.find('AWS::S3::Bucket', bucketName);
  if (!bucket) throw new AwsFault('NoSuchBucket', 'The specified bucket does not exist', 404);
  const respond = key.length === 0 || key.join('/') === '' ? answerBucket : answerObject;
  return respond({ operation, bucket, key: key.join('/'), query: url.searchParams });
}

interface S3Request {
  readonly operation: Operation;
  readonly bucket: Resource;
  readonly key: string;
  readonly query: URLSearchParams;
}

function allow({ operation, bucket }: S3Request, action: string, key = ''): void {
  operation.authorize(action, key === '' ? bucket.arn : `${bucket.arn}/${key}`, {
    owner: bucket.account,
    resourcePolicy: policyOf(operation.world, bucket),
    context: { 's3:ResourceAccount': bucket.account },
  });
}

function policyOf({ store }: World, bucket: Resource): PolicyDocument | undefined {
  const policy = store.all('AWS::S3::BucketPolicy').find(({ properties }) => properties.Bucket === bucket.name);
  return policy?.properties.PolicyDocument as PolicyDocument | undefined;
}

function answerBucket(request: S3Request): RawOutput {
  const { operation, bucket, query } = request;
  if (query.has('location')) {
    allow(request, 's3:GetBucketLocation');
    // Empty for us-east-1: API Reference, `GetBucketLocation`.
    return xml('LocationConstraint', bucket.region === 'us-east-1' ? '' : bucket.region);
  }
  if (query.has('encryption')) {
    allow(request, 's3:GetEncryptionConfiguration');
    return xml('ServerSideEncryptionConfiguration', {
      Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
    });
  }
  if (operation.call.request.method === 'GET' && query.get('list-type') === '2') {
    allow(request, 's3:ListBucket');
    const prefix = query.get('prefix') ?? '';
    const found = [...objectsOf(operation.world, bucket)].filter(([key]) => key.startsWith(prefix));
    const contents = found
      .map(([Key, { body }]) => `<Contents>${toXml({ Key, Size: body.length })}</Contents>`)
      .join('');
    const head = toXml({
      Name: bucket.name,
      Prefix: prefix,
      KeyCount: found.length,
      MaxKeys: 1000,
      IsTruncated: false,
    });
    return new RawOutput(`<ListBucketResult>${head}${contents}</ListBucketResult>`, {
      'content-type': 'application/xml',
    });
  }
  throw new AwsFault('NotImplemented', `the loopback does not know ${operation.call.operation}`, 501);
}

function objectsOf({ objects }: World, { name }: Resource): Map<string, StoredObject> {
  const found = objects.get(name) ?? new Map<string, StoredObject>();
  objects.set(name, found);
  return found;
}

function answerObject(request: S3Request): RawOutput {
  const { operation, bucket, key } = request;
  const { request: http, body } = operation.call;
  const stored = objectsOf(operation.world, bucket);
  if (http.method === 'PUT') {
    allow(request, 's3:PutObject', key);
    const content = decodeChunks(http.headers['content-encoding'], http.headers['x-amz-content-sha256'], body);
    const headers = { 'content-type': String(http.headers['content-type'] ?? 'binary/octet-stream') };
    stored.set(key, { body: content, headers });
    return new RawOutput('', { etag: `"${createHash('md5').update(content).digest('hex')}"` });
  }
  if (http.method !== 'GET' && http.method !== 'HEAD')
    throw new AwsFault('NotImplemented', `the loopback does not know ${operation.call.operation}`, 501);
  allow(request, 's3:GetObject', key);
  const found = stored.get(key);
  if (!found) throw new AwsFault('NoSuchKey', 'The specified key does not exist.', 404);
  return new RawOutput(http.method === 'HEAD' ? '' : found.body, {
    ...found.headers,
    'content-length': String(found.body.length),
  });
}

/** A body that is signed in chunks, or followed by its checksum: API Reference, "Signature calculations: chunks". */
function decodeChunks(encoding: string | undefined, digest: string | string[] | undefined, body: Buffer): Buffer {
  if (!encoding?.includes('aws-chunked') && !String(digest).startsWith('STREAMING-')) return body;
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!size) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

/** Reads what a URL of the S3 service names, as the caller. */
export function readObjectAt(operation: Operation, url: string): string {
  const [, bucketName = '', ...key] = new URL(url).pathname.split('/').map(decodeURIComponent);
  const { world } = operation;
  const bucket = world.store.find('AWS::S3::Bucket', bucketName);
  if (!bucket) throw new AwsFault('ValidationError', 'S3 error: The specified bucket does not exist');
  const request = { operation, bucket, key: key.join('/'), query: new URLSearchParams() };
  try {
    allow(request, 's3:GetObject', request.key);
  } catch {
    throw new AwsFault('ValidationError', 'S3 error: Access Denied');
  }
  const found = objectsOf(world, bucket).get(request.key);
  if (!found) throw new AwsFault('ValidationError', 'S3 error: The specified key does not exist.');
  return found.body.toString();
}
