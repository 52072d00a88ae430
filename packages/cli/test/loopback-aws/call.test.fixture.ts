/** One call as it reaches AWS: the protocol it is written in, who signed it, and what it asks for. */
import type { IncomingMessage } from 'node:http';
import { AwsFault } from './fault.test.fixture.ts';
import { anonymous } from './identities.test.fixture.ts';

/** How the service writes requests and answers. */
export type Protocol = 'query' | 'json' | 's3';

export interface Call {
  readonly protocol: Protocol;
  /** Name for signing, such as `cloudformation`. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** Operation; for S3 a request as `GET /bucket/key?query`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

/** Every signed request names access key, region and service: AWS Signature Version 4, "Authorization header". */
const credentialScope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

export function readCall(request: IncomingMessage, body: Buffer): Call {
  const [, accessKeyId, region, service] = credentialScope.exec(request.headers.authorization ?? '') ?? [];
  if (!accessKeyId || !region || !service) {
    const form = new URLSearchParams(body.toString());
    // The one call that nobody signs: its token says who calls (STS API Reference, `AssumeRoleWithWebIdentity`).
    if (form.get('Action') === 'AssumeRoleWithWebIdentity') {
      const unsigned = { accessKeyId: anonymous, region: 'us-east-1', service: 'sts', request, body };
      return { ...unsigned, protocol: 'query', operation: 'AssumeRoleWithWebIdentity', input: readForm(form) };
    }
    throw new AwsFault('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  const signed = { accessKeyId, region, service, request, body };
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const operation = target.split('.').at(-1) ?? '';
    return { ...signed, protocol: 'json', operation, input: JSON.parse(body.toString() || '{}') };
  }
  if (service === 's3') return { ...signed, protocol: 's3', operation: `${request.method} ${request.url}`, input: {} };
  const form = new URLSearchParams(body.toString());
  return { ...signed, protocol: 'query', operation: form.get('Action') ?? '', input: readForm(form) };
}

/** `Tags.member.1.Key` and its like become lists and objects, as the query protocol of AWS defines it. */
function readForm(form: URLSearchParams): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of form) {
    const path = name.split('.').filter((part) => part !== 'member');
    let at = root;
    for (const part of path.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[path.at(-1) ?? ''] = value;
  }
  return toLists(root) as Record<string, unknown>;
}

function toLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, toLists(item)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  if (isList) return entries.toSorted(([one], [other]) => Number(one) - Number(other)).map(([, item]) => item);
  return Object.fromEntries(entries);
}
