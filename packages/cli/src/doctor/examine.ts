/** The story of `cdkpipe doctor`: what is installed, what the definition says, and what AWS has of it. */
import { dirname, resolve } from 'node:path';
import { type Environment, isCdkpipeError, type Problem } from '@cdkpipe/core';
import {
  type ExaminedProject,
  examineProject,
  examineReleases,
  findProject,
  type ProjectRequest,
} from '@cdkpipe/core/host';
import type { AwsSession } from '../aws/session.ts';
import { checkDefinition, definitionFaults } from './check-definition.ts';
import { checkCdk, checkCli, checkNode } from './check-installation.ts';
import type { Finding } from './finding.ts';

export interface Examination {
  /** The definition's file; absent where none was found. */
  readonly file?: string;
  readonly findings: readonly Finding[];
}

/** Nothing that is wrong with the project ends it: every finding is reported. */
export async function examine(request: ProjectRequest, isOffline: boolean): Promise<Examination> {
  const { project, problems } = await tryToPlan(request);
  const found = await findProject(request.cwd, request.configPath).catch(() => undefined);
  const directory = found?.directory ?? dirname(resolve(request.cwd, request.configPath ?? 'cdkpipe.config.ts'));
  const findings = [
    checkNode(process.versions.node),
    ...checkCdk(examineReleases(directory)),
    checkCli(directory, project?.needs.schemaVersion),
    ...(project === undefined ? definitionFaults(problems) : checkDefinition(project)),
  ];
  const remote = project === undefined || isOffline ? [skipped(isOffline)] : await examineAws(project);
  return { ...(found === undefined ? {} : { file: found.file }), findings: [...findings, ...remote] };
}

async function tryToPlan(
  request: ProjectRequest,
): Promise<{ readonly project?: ExaminedProject; readonly problems: readonly Problem[] }> {
  try {
    return { project: await examineProject(request), problems: [] };
  } catch (error) {
    // A fault of our own is no finding.
    if (!isCdkpipeError(error) || error.source === 'cdkpipe') throw error;
    return { problems: error.problems };
  }
}

function skipped(isOffline: boolean): Finding {
  const why = isOffline ? '--offline' : 'the definition must be planned first';
  return { check: 'aws', status: 'skipped', message: `credentials, bootstrap stacks and connections: ${why}` };
}

async function examineAws({ plan, needs }: ExaminedProject): Promise<Finding[]> {
  const home = plan.pipeline.env;
  const session = await openedSession(home);
  if ('check' in session) return [session];
  const { checkEnvironment } = await import('./check-environment.ts');
  const { checkConnection, connectionsOf } = await import('./check-connections.ts');
  const found = await Promise.all([
    ...needs.bootstraps.map((each) => checkEnvironment(each, session, home)),
    ...connectionsOf(plan.pipeline).map((arn) => checkConnection(arn, session, needs.bootstraps)),
  ]);
  return [{ check: 'credentials', status: 'ok', message: `${session.arn}` }, ...found.flat()];
}

async function openedSession({ region }: Environment): Promise<AwsSession | Finding> {
  const [{ openSession }, { describeFault }] = await Promise.all([
    import('../aws/session.ts'),
    import('./describe-fault.ts'),
  ]);
  try {
    return await openSession(region);
  } catch (error) {
    return {
      check: 'credentials',
      status: 'failure',
      message: `AWS cannot be asked: ${describeFault(error)}`,
      fix: 'aws sso login, or aws configure; then check with aws sts get-caller-identity',
    };
  }
}
