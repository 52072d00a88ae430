/** The state of a connection to GitHub, GitLab or Bitbucket. */
import { clientSettings, inTime } from './in-time.ts';
import type { AwsCredentials } from './session.ts';

/** https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_Connection.html */
export type ConnectionStatus = 'PENDING' | 'AVAILABLE' | 'ERROR';

/**
 * Services of connections, by the service in the ARN. Each has an API of its own with the same operation:
 * https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_GetConnection.html and
 * https://docs.aws.amazon.com/codestar-connections/latest/APIReference/API_GetConnection.html
 */
const targets: Readonly<Record<string, string>> = {
  codeconnections: 'com.amazonaws.codeconnections.CodeConnections_20231201.GetConnection',
  'codestar-connections': 'com.amazonaws.codestar.connections.CodeStar_connections_20191201.GetConnection',
};

/**
 * Signs the one call by hand: a client of the SDK exists for each service, and neither is worth its size here.
 *
 * @throws Error named as the service calls the fault
 */
export async function getConnectionStatus(arn: string, credentials: AwsCredentials): Promise<ConnectionStatus> {
  const [, , service = '', region = ''] = arn.split(':');
  const target = targets[service];
  if (target === undefined) throw new Error(`${arn} is not the ARN of a connection`);
  const [{ SignatureV4 }, { Hash }] = await Promise.all([import('@smithy/signature-v4'), import('@smithy/hash-node')]);
  const url = new URL(await endpointOf(service, region));
  const signer = new SignatureV4({ service, region, credentials, sha256: Hash.bind(null, 'sha256') });
  const body = JSON.stringify({ ConnectionArn: arn });
  return inTime(async (signal) => {
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      headers: { host: url.host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body,
    });
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    const answer = (await response.json()) as Answer;
    if (answer.Connection?.ConnectionStatus !== undefined) return answer.Connection.ConnectionStatus;
    throw faultOf(answer, response.status);
  });
}

interface Answer {
  readonly Connection?: { readonly ConnectionStatus?: ConnectionStatus };
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

function faultOf({ __type = '', message, Message }: Answer, status: number): Error {
  const name = __type.slice(__type.lastIndexOf('#') + 1) || `status ${status}`;
  return Object.assign(new Error(message ?? Message ?? name), { name });
}

/** `AWS_ENDPOINT_URL` stands for all services; the SDK knows the domain of each partition. */
async function endpointOf(service: string, region: string): Promise<string> {
  const given =
    process.env[`AWS_ENDPOINT_URL_${service.replace('-', '_').toUpperCase()}`] ?? process.env.AWS_ENDPOINT_URL;
  if (given !== undefined && given !== '') return given;
  const { SSMClient } = await import('@aws-sdk/client-ssm');
  const { endpointProvider } = new SSMClient({ ...clientSettings, region }).config;
  const { url } = endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false });
  return `https://${url.hostname.replace(/^ssm\./, `${service}.`)}/`;
}
