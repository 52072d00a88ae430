/** Looks at one environment of the plan: whether it can be read, is bootstrapped, and trusts the pipeline's account. */
import { type Environment, environmentName } from '@cdkpipe/core';
import type { BootstrapNeeds } from '@cdkpipe/core/host';
import { type BootstrapStack, readBootstrapStack, readBootstrapVersion } from '../aws/read-bootstrap.ts';
import type { AwsSession } from '../aws/session.ts';
import { describeFault } from './describe-fault.ts';
import type { Finding } from './finding.ts';

/** @param home where the pipeline lives */
export async function checkEnvironment(
  needs: BootstrapNeeds,
  session: AwsSession,
  home: Environment,
): Promise<Finding[]> {
  const { env, lookupRoleArn, lookupExternalId } = needs;
  const subject = environmentName(env);
  const isOwn = env.account === session.account;
  if (!isOwn && lookupRoleArn === undefined) return [unreadable(subject, session)];
  const credentials =
    isOwn || lookupRoleArn === undefined
      ? session.credentials
      : session.assume(env, { arn: lookupRoleArn, externalId: lookupExternalId });
  const settings = { needs, session, home, subject };
  let stack: BootstrapStack | undefined;
  let version: number | undefined;
  try {
    version = await readBootstrapVersion(env, needs.versionParameter, credentials);
    stack = env.account === home.account ? undefined : await readBootstrapStack(env, credentials);
  } catch (error) {
    return [notRead(error, isOwn, settings)];
  }
  return [versionFinding(version, stack, settings), ...trustFindings(version, stack, settings)];
}

interface Settings {
  readonly needs: BootstrapNeeds;
  readonly session: AwsSession;
  readonly home: Environment;
  readonly subject: string;
}

function unreadable(subject: string, { account }: AwsSession): Finding {
  return {
    check: 'credentials',
    subject,
    status: 'warning',
    message: `cannot be read with credentials of ${account}: its stacks name no lookup role`,
    fix: 'AWS_PROFILE=<profile of that account> npx cdkpipe doctor',
  };
}

/** Where the lookup role cannot be assumed from the pipeline's account, the pipeline's own roles cannot either. */
function notRead(error: unknown, isOwn: boolean, { needs, session, home, subject }: Settings): Finding {
  const message = describeFault(error);
  const isRefused = error instanceof Error && /AccessDenied/.test(`${error.name} ${error.message}`);
  if (isOwn || !isRefused || session.account !== home.account)
    return {
      check: 'credentials',
      subject,
      status: 'warning',
      message: `could not be read: ${message}`,
      fix: 'AWS_PROFILE=<profile of that account> npx cdkpipe doctor',
    };
  return {
    check: 'bootstrap',
    subject,
    status: 'failure',
    message: `is not bootstrapped, or does not trust ${home.account}: ${message}`,
    fix: bootstrapCommand(needs.env, home, session.partition),
  };
}

function versionFinding(version: number | undefined, stack: BootstrapStack | undefined, settings: Settings): Finding {
  const { needs, subject, home, session } = settings;
  const base = { check: 'bootstrap', subject };
  if (version !== undefined && version >= needs.version)
    return { ...base, status: 'ok', message: `bootstrap version ${version}, needed: ${needs.version}` };
  const found = version === undefined ? `there is no ${needs.versionParameter}` : `bootstrap version is ${version}`;
  return {
    ...base,
    status: 'failure',
    message: `${found}, and stacks need version ${needs.version} or newer`,
    fix: bootstrapCommand(needs.env, home, session.partition, stack),
  };
}

/** The bootstrap stack is asked for by its usual name; one of another name or qualifier says nothing. */
function trustFindings(version: number | undefined, stack: BootstrapStack | undefined, settings: Settings): Finding[] {
  const { needs, subject, home, session } = settings;
  if (needs.env.account === home.account || version === undefined) return [];
  const base = { check: 'trust', subject };
  const qualifier = /^\/cdk-bootstrap\/([^/]+)\/version$/.exec(needs.versionParameter)?.[1];
  if (stack === undefined || (stack.qualifier !== undefined && stack.qualifier !== qualifier))
    return [
      {
        ...base,
        status: 'warning',
        message: `no stack CDKToolkit with the qualifier "${qualifier}" says whether ${home.account} is trusted`,
        fix: `aws iam get-role --role-name ${nameOf(needs.deployRoleArn)} --query Role.AssumeRolePolicyDocument`,
      },
    ];
  if (stack.trusted.includes(home.account))
    return [{ ...base, status: 'ok', message: `trusts ${home.account}, where the pipeline lives` }];
  return [
    {
      ...base,
      status: 'failure',
      message: `does not trust ${home.account}, where the pipeline lives`,
      fix: bootstrapCommand(needs.env, home, session.partition, stack),
    },
  ];
}

/**
 * `--trust` replaces the accounts that were trusted before, so they are named again; policies that are not given stay:
 * https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-bootstrap.html
 */
function bootstrapCommand(env: Environment, home: Environment, partition: string, stack?: BootstrapStack): string {
  const command = `npx cdk bootstrap aws://${environmentName(env)}`;
  if (env.account === home.account) return command;
  const trusted = [...new Set([...(stack?.trusted ?? []), home.account])]
    .map((account) => ` --trust ${account}`)
    .join('');
  const policies = stack?.hasExecutionPolicies
    ? ''
    : ` --cloudformation-execution-policies arn:${partition}:iam::aws:policy/AdministratorAccess`;
  return command + trusted + policies;
}

function nameOf(arn = ''): string {
  return arn.slice(arn.lastIndexOf('/') + 1) || '<deploy role>';
}
