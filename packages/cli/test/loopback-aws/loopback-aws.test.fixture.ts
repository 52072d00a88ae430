/** AWS on loopback: one server for all services, accounts and regions, which decides as the policies deployed there say. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { writeAnswer, writeFault } from './answer.test.fixture.ts';
import { type Call, readCall } from './call.test.fixture.ts';
import { cloudFormation } from './cloudformation.test.fixture.ts';
import { cloudWatch } from './cloudwatch.test.fixture.ts';
import { codePipeline } from './codepipeline.test.fixture.ts';
import { connectionsOf } from './connections.test.fixture.ts';
import { ecr } from './ecr.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import type { Credentials } from './identities.test.fixture.ts';
import { answerS3 } from './s3.test.fixture.ts';
import { sns } from './sns.test.fixture.ts';
import { ssm } from './ssm.test.fixture.ts';
import { sts } from './sts.test.fixture.ts';
import { type Handlers, operationOf, World } from './world.test.fixture.ts';

/** What was asked and how it was answered. */
export interface LoggedCall {
  readonly operation: string;
  readonly region: string;
  /** ARN of the caller. */
  readonly caller: string;
  readonly input: Call['input'];
  /** `ok`, or the code of the fault. */
  readonly outcome: string;
  readonly message?: string;
}

export interface LoopbackAws {
  readonly endpoint: string;
  readonly world: World;
  /** The first first. */
  readonly log: LoggedCall[];
  /** Environment of a process that calls this server, and nothing else, with these credentials. */
  environment(credentials: Credentials, region: string): Record<string, string>;
  close(): void;
}

export const services: Readonly<Record<string, Handlers>> = {
  cloudformation: cloudFormation,
  codeconnections: connectionsOf('codeconnections'),
  codepipeline: codePipeline,
  'codestar-connections': connectionsOf('codestar-connections'),
  ecr,
  monitoring: cloudWatch,
  sns,
  ssm,
  sts,
};

export async function startLoopbackAws(): Promise<LoopbackAws> {
  const world = new World();
  const log: LoggedCall[] = [];
  const server = createServer((request, response) => void answer(world, log, request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  return {
    ...{ endpoint, world, log },
    environment: ({ accessKeyId, secretAccessKey, sessionToken }, region) => ({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(world: World, log: LoggedCall[], request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  let call: Call | undefined;
  let caller = '';
  const note = (outcome: string, message?: string) =>
    log.push({
      ...{ operation: call?.protocol === 's3' ? `s3 ${call.operation}` : (call?.operation ?? request.url ?? '') },
      ...{ region: call?.region ?? '', caller, input: call?.input ?? {}, outcome },
      ...(message === undefined ? {} : { message }),
    });
  try {
    call = readCall(request, Buffer.concat(chunks));
    const principal = world.identities.callerOf(call.accessKeyId);
    caller = principal.arn;
    const operation = operationOf(world, call, principal);
    const handler = call.protocol === 's3' ? answerS3 : services[call.service]?.[call.operation];
    if (!handler) throw new AwsFault('InvalidAction', `the loopback does not know ${call.service} ${call.operation}`);
    const output = handler(operation);
    note('ok');
    writeAnswer(response, call, output);
  } catch (error) {
    const fault =
      error instanceof AwsFault ? error : new AwsFault('LoopbackBroken', String((error as Error).stack), 400);
    note(fault.code, fault.message);
    writeFault(response, call, fault);
  }
}
