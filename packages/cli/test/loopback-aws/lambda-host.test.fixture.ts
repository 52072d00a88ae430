/** Runs functions that are deployed on loopback: their code from its bucket, their variables, their role. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { mayServiceAssume } from './authorization.test.fixture.ts';
import type { LoopbackAws } from './loopback-aws.test.fixture.ts';
import type { JobResult } from './pipeline-run.test.fixture.ts';
import type { Resource } from './resource-store.test.fixture.ts';
import type { ToolHost, ToolOutcome } from './run-tool.test.fixture.ts';

const runtime = fileURLToPath(new URL('lambda-runtime.test.fixture.mjs', import.meta.url));
const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
/** Lambda Developer Guide, "Building Lambda functions with Node.js": the flag that Lambda sets on 20 and 22. */
const flags = Number(process.versions.node.split('.')[0]) < 24 ? ['--no-experimental-require-module'] : [];

interface FunctionProperties {
  readonly Code: { readonly ZipFile?: string; readonly S3Bucket?: string; readonly S3Key?: string };
  readonly Handler: string;
  readonly Role: string;
  readonly Timeout: number;
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
}

export interface LambdaHost {
  readonly aws: LoopbackAws;
  readonly host: ToolHost;
  /** Directory for code. */
  readonly scratch: string;
  /** Names of functions that were called. */
  readonly invoked: Set<string>;
}

export async function invokeFunction(
  { aws, host, scratch, invoked }: LambdaHost,
  found: Resource,
  event: unknown,
  ahead = 0,
): Promise<ToolOutcome> {
  invoked.add(found.name);
  const { Handler, Role, Timeout, Environment } = found.properties as unknown as FunctionProperties;
  const role = aws.world.store.findByArn(Role);
  if (!role || !mayServiceAssume(role, 'lambda.amazonaws.com', { 'aws:SourceAccount': found.account }))
    throw new Error(`Lambda is not authorized to perform: sts:AssumeRole on ${Role}`);
  const taskRoot = mkdtempSync(join(scratch, 'task-'));
  for (const [file, content] of Object.entries(codeOf(aws, found))) {
    mkdirSync(dirname(join(taskRoot, file)), { recursive: true });
    writeFileSync(join(taskRoot, file), content);
  }
  const invocation = { event, deadline: Date.now() + ahead + Timeout * 1000, arn: found.arn, requestId: randomUUID() };
  return host.run(process.execPath, [...flags, runtime], {
    cwd: taskRoot,
    env: {
      ...Environment?.Variables,
      ...aws.environment(aws.world.identities.openSession(role, found.name), found.region),
      _HANDLER: Handler,
      LAMBDA_TASK_ROOT: taskRoot,
      AWS_LAMBDA_FUNCTION_NAME: found.name,
      NODE_PATH: modules,
      TEST_CLOCK_AHEAD: String(ahead),
      TEST_INVOCATION: JSON.stringify(invocation),
    },
  });
}

/** Inline code becomes `index.js`: Template Reference Guide, `AWS::Lambda::Function Code`, "ZipFile". */
function codeOf({ world }: LoopbackAws, found: Resource): Record<string, string | Uint8Array> {
  const { ZipFile, S3Bucket = '', S3Key = '' } = (found.properties as unknown as FunctionProperties).Code;
  if (ZipFile !== undefined) return { 'index.js': ZipFile };
  const archive = world.objects.get(S3Bucket)?.get(S3Key);
  if (!archive) throw new Error(`Error occurred while GetObject. S3 Error Code: NoSuchKey: ${S3Bucket}/${S3Key}`);
  return unzipSync(archive.body);
}

/** What `#{namespace.variable}` stands for. */
export type Variables = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface InvokedAction {
  readonly account: string;
  readonly region: string;
  readonly configuration: Readonly<Record<string, string>>;
}

export interface JobOptions {
  readonly variables?: Variables;
  /** What the function answered with before. */
  readonly continuationToken?: string | undefined;
  /** Milliseconds that the clock is ahead. */
  readonly ahead?: number;
}

export interface JobRun {
  readonly result: JobResult | undefined;
  readonly outcome: ToolOutcome;
}

/** Runs an invoke action as CodePipeline does, with a job of its own. */
export async function runJob(lambda: LambdaHost, action: InvokedAction, options: JobOptions = {}): Promise<JobRun> {
  const { variables = {}, continuationToken, ahead = 0 } = options;
  const { FunctionName = '', UserParameters } = action.configuration;
  const { jobs, store } = lambda.aws.world;
  const found = store.find('AWS::Lambda::Function', FunctionName, action);
  if (!found) throw new Error(`Function not found: ${FunctionName}`);
  const id = randomUUID();
  jobs.set(id, undefined);
  const configuration = {
    FunctionName,
    ...(UserParameters === undefined ? {} : { UserParameters: resolve(UserParameters, variables) }),
  };
  const outcome = await invokeFunction(lambda, found, jobEvent(id, configuration, continuationToken), ahead);
  return { result: jobs.get(id), outcome };
}

function resolve(text: string, variables: Variables): string {
  return text.replace(
    /#\{([\w@-]+)\.([^}]+)\}/g,
    (whole, space: string, name: string) => variables[space]?.[name] ?? whole,
  );
}

/**
 * CodePipeline User Guide, "Invoke a Lambda function in a pipeline", "Example JSON event":
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
function jobEvent(id: string, configuration: object, continuationToken: string | undefined) {
  return {
    'CodePipeline.job': {
      id,
      accountId: '111111111111',
      data: {
        actionConfiguration: { configuration },
        inputArtifacts: [],
        outputArtifacts: [],
        artifactCredentials: { accessKeyId: 'ASIA', secretAccessKey: 'secret', sessionToken: 'token' },
        ...(continuationToken === undefined ? {} : { continuationToken }),
      },
    },
  };
}
