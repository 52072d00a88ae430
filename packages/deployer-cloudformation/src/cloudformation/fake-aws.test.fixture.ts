/** A small CloudFormation and STS on loopback, for what moto does not do: failures, pages, throttling, tokens. */
import { once } from 'node:events';
import { createServer } from 'node:http';

interface FakeEvent {
  readonly id: string;
  readonly token: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

interface FakeStack {
  status: string;
  template: string;
  isProtected: boolean;
  /** Latest last. */
  events: FakeEvent[];
}

interface FakeChangeSet {
  readonly arn: string;
  readonly name: string;
  readonly template: string;
  status: string;
  reason: string;
  execution: string;
}

export interface FakeAws {
  readonly endpoint: string;
  /** The parameters of every call, the first first. */
  readonly calls: URLSearchParams[];
  readonly callsOf: (action: string) => URLSearchParams[];
  stack: FakeStack | undefined;
  readonly changeSets: FakeChangeSet[];
  /** How often the next calls are throttled. */
  throttled: number;
  /** Action that is denied. */
  denied: string | undefined;
  /** Action from which on the credentials count as run out. */
  expiring: string | undefined;
  /** Lets the next execution fail. */
  failing: boolean;
  /** Whether the next execution is carried out and its answer lost. */
  losing: boolean;
  close(): void;
}

export const stackArn = 'arn:aws:cloudformation:eu-west-1:222222222222:stack/Api/1';

export async function startFakeAws(): Promise<FakeAws> {
  const calls: URLSearchParams[] = [];
  const changeSets: FakeChangeSet[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const call = new URLSearchParams(text);
      calls.push(call);
      const { status, body } = answer(fake, call);
      if (status === 0) return void response.destroy();
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const fake: FakeAws = {
    endpoint: `http://127.0.0.1:${address.port}`,
    calls,
    callsOf: (action) => calls.filter((call) => call.get('Action') === action),
    stack: undefined,
    changeSets,
    throttled: 0,
    denied: undefined,
    expiring: undefined,
    failing: false,
    losing: false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return fake;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const fault = (status: number, code: string, message: string): Answer => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
const result = (action: string, inner: string): Answer => ({
  status: 200,
  body: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
});

function answer(fake: FakeAws, call: URLSearchParams): Answer {
  const action = call.get('Action') ?? '';
  if (fake.throttled > 0) {
    fake.throttled -= 1;
    return fault(400, 'Throttling', 'Rate exceeded');
  }
  if (action === fake.expiring)
    return fault(403, 'ExpiredToken', 'The security token included in the request is expired');
  if (action === fake.denied) return fault(403, 'AccessDenied', 'the caller may not do that');
  const done = respond(fake, action, call);
  if (action === 'ExecuteChangeSet' && fake.losing) {
    fake.losing = false;
    return { status: 0, body: '' };
  }
  return done;
}

function respond(fake: FakeAws, action: string, call: URLSearchParams): Answer {
  const { stack } = fake;
  switch (action) {
    case 'AssumeRole':
      return result(
        action,
        `<Credentials><AccessKeyId>ASIATEST</AccessKeyId><SecretAccessKey>assumed</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
      );
    case 'GetCallerIdentity':
      return result(action, '<Account>111111111111</Account><Arn>a</Arn><UserId>u</UserId>');
    case 'DescribeStacks':
      return stack
        ? result(action, stackXml(stack))
        : fault(400, 'ValidationError', 'Stack with id Api does not exist');
    case 'GetTemplate':
      return result(action, `<TemplateBody>${escapeXml(stack?.template ?? '')}</TemplateBody>`);
    case 'UpdateTerminationProtection':
      if (stack) stack.isProtected = true;
      return result(action, `<StackId>${stackArn}</StackId>`);
    case 'CreateChangeSet':
      return create(fake, call);
    case 'DeleteChangeSet':
      fake.changeSets.splice(0, fake.changeSets.length);
      return result(action, '');
    case 'DescribeChangeSet':
      return describe(fake, call);
    case 'ExecuteChangeSet':
      return execute(fake, call);
    case 'DescribeStackEvents':
      return events(fake, call);
    default:
      return fault(400, 'InvalidAction', action);
  }
}

function stackXml({ status, template, isProtected }: FakeStack): string {
  const { Outputs = {} } = JSON.parse(template || '{}') as { Outputs?: Record<string, unknown> };
  const outputs = Object.keys(Outputs).map(
    (key) => `<member><OutputKey>${key}</OutputKey><OutputValue>value of ${key}</OutputValue></member>`,
  );
  return `<Stacks><member><StackId>${stackArn}</StackId><StackName>Api</StackName><StackStatus>${status}</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><EnableTerminationProtection>${isProtected}</EnableTerminationProtection><Outputs>${outputs.join('')}</Outputs></member></Stacks>`;
}

let made = 0;

function create(fake: FakeAws, call: URLSearchParams): Answer {
  const name = call.get('ChangeSetName') ?? '';
  const template = call.get('TemplateBody') ?? '';
  const isSame = fake.stack?.template === template;
  const arn = `arn:aws:cloudformation:eu-west-1:222222222222:changeSet/${name}/${made++}`;
  fake.stack ??= { status: 'REVIEW_IN_PROGRESS', template: '', isProtected: false, events: [] };
  fake.changeSets.push({
    arn,
    name,
    template,
    status: isSame ? 'FAILED' : 'CREATE_COMPLETE',
    reason: isSame ? "The submitted information didn't contain changes." : '',
    execution: isSame ? 'UNAVAILABLE' : 'AVAILABLE',
  });
  return result('CreateChangeSet', `<Id>${arn}</Id><StackId>${stackArn}</StackId>`);
}

function find(fake: FakeAws, call: URLSearchParams): FakeChangeSet | undefined {
  const name = call.get('ChangeSetName');
  return fake.changeSets.find((each) => each.arn === name || each.name === name);
}

/** One change a page. */
function describe(fake: FakeAws, call: URLSearchParams): Answer {
  const found = find(fake, call);
  if (!found) return fault(404, 'ChangeSetNotFound', 'ChangeSet does not exist');
  const { Resources = {} } = JSON.parse(found.template) as { Resources?: Record<string, { Type: string }> };
  const page = Number(call.get('NextToken') ?? 0);
  const [id, { Type } = { Type: '' }] = Object.entries(Resources)[page] ?? [];
  const change = `<member><Type>Resource</Type><ResourceChange><Action>Add</Action><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${Type}</ResourceType></ResourceChange></member>`;
  const more = page + 1 < Object.keys(Resources).length ? `<NextToken>${page + 1}</NextToken>` : '';
  return result(
    'DescribeChangeSet',
    `<ChangeSetId>${found.arn}</ChangeSetId><ChangeSetName>${found.name}</ChangeSetName><StackId>${stackArn}</StackId><Status>${found.status}</Status><StatusReason>${found.reason}</StatusReason><ExecutionStatus>${found.execution}</ExecutionStatus><Changes>${change}</Changes>${more}`,
  );
}

function execute(fake: FakeAws, call: URLSearchParams): Answer {
  const found = find(fake, call);
  const { stack } = fake;
  if (!found || !stack) return fault(404, 'ChangeSetNotFound', 'ChangeSet does not exist');
  if (found.execution !== 'AVAILABLE') return fault(400, 'InvalidChangeSetStatus', `it is ${found.execution}`);
  const token = call.get('ClientRequestToken') ?? '';
  const kind = stack.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE';
  const add = (logicalId: string, type: string, status: string, reason = '') =>
    stack.events.push({ id: String(stack.events.length), token, logicalId, type, status, reason });
  add('Api', 'AWS::CloudFormation::Stack', `${kind}_IN_PROGRESS`, 'User Initiated');
  if (fake.failing) {
    add('A', 'AWS::SNS::Topic', 'CREATE_FAILED', 'Resource creation cancelled');
    add('B', 'AWS::SNS::Topic', 'CREATE_FAILED', 'topic-B already exists');
    stack.status = kind === 'CREATE' ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
    found.execution = 'EXECUTE_FAILED';
    if (kind === 'CREATE') stack.template = found.template;
  } else {
    stack.status = `${kind}_COMPLETE`;
    stack.template = found.template;
    found.execution = 'EXECUTE_COMPLETE';
  }
  add('Api', 'AWS::CloudFormation::Stack', stack.status);
  return result('ExecuteChangeSet', '');
}

/** The latest first, two a page. */
function events({ stack }: FakeAws, call: URLSearchParams): Answer {
  const all = [...(stack?.events ?? [])].reverse();
  const from = Number(call.get('NextToken') ?? 0);
  const members = all.slice(from, from + 2).map(({ id, token, logicalId, type, status, reason }) => {
    const physical = type === 'AWS::CloudFormation::Stack' ? stackArn : logicalId;
    return `<member><EventId>${id}</EventId><StackId>${stackArn}</StackId><StackName>Api</StackName><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physical}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason><ClientRequestToken>${token}</ClientRequestToken><Timestamp>2026-01-01T00:00:00Z</Timestamp></member>`;
  });
  const more = from + 2 < all.length ? `<NextToken>${from + 2}</NextToken>` : '';
  return result('DescribeStackEvents', `<StackEvents>${members.join('')}</StackEvents>${more}`);
}
