/** Writes answers and faults in the protocol of the call. */
import type { ServerResponse } from 'node:http';
import type { Call } from './call.test.fixture.ts';
import type { AwsFault } from './fault.test.fixture.ts';

/** Output of an operation; S3 answers with a body of its own. */
export type Output = Readonly<Record<string, unknown>> | RawOutput;

export class RawOutput {
  readonly status: number;
  readonly body: Buffer | string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: Buffer | string, headers: Readonly<Record<string, string>> = {}, status = 200) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export function writeAnswer(response: ServerResponse, call: Call, output: Output): void {
  if (output instanceof RawOutput) {
    response.writeHead(output.status, output.headers).end(output.body);
  } else if (call.protocol === 'json') {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(output));
  } else {
    const { operation } = call;
    const xml = `<${operation}Response><${operation}Result>${toXml(output)}</${operation}Result></${operation}Response>`;
    response.writeHead(200, { 'content-type': 'text/xml' }).end(xml);
  }
}

export function writeFault(response: ServerResponse, call: Call | undefined, fault: AwsFault): void {
  const { code, message, status } = fault;
  if (call?.request.method === 'HEAD') {
    response.writeHead(status).end();
  } else if (call?.protocol === 'json') {
    response.writeHead(status, { 'x-amzn-errortype': code }).end(JSON.stringify({ __type: code, message }));
  } else {
    const error = `<Error><Type>Sender</Type>${toXml({ Code: code, Message: message })}</Error>`;
    const xml = call?.protocol === 's3' ? error : `<ErrorResponse>${error}</ErrorResponse>`;
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  }
}

/** Lists become `member` elements; what is undefined is left out. */
export function toXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${toXml(item)}</member>`).join('');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => `<${key}>${toXml(item)}</${key}>`)
      .join('');
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
