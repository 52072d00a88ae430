/** Whether the people who had to decide before a job have done so. */
import type { ProvenGate } from '../jobs/job.ts';
import type { JobRecord } from '../jobs-file/jobs-file.ts';
import type { ApprovalAnswer, EnvironmentAnswer, GitHubApi } from './github-api.ts';
import { Refusal } from './refusal.ts';

/**
 * GitHub makes an environment that is missing, without rules, and then nobody is asked
 * (https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments); and an approval by
 * an administrator who passes over the rules looks like any other. So what counts are the rules of the environment, and the
 * approval of this run.
 *
 * @returns who approved which gate, for the log
 * @throws Refusal with every gate that was not approved
 */
export async function proveApprovals(job: JobRecord, api: GitHubApi, now: number): Promise<string[]> {
  if (job.proves.length === 0) return [];
  const approvals = await api.readApprovals();
  const environments = new Map<string, EnvironmentAnswer | undefined>();
  for (const { environment } of job.proves)
    if (!environments.has(environment)) environments.set(environment, await api.findEnvironment(environment));
  const reasons = job.proves.flatMap((gate) => {
    const reason = whyNot(gate, environments.get(gate.environment), approvals);
    return reason === undefined ? [] : [reason];
  });
  const late = await findLate(job, api, now);
  if (reasons.length + late.length > 0) throw new Refusal([...reasons, ...late]);
  return job.proves.map((gate) => {
    const by = approversOf(environments.get(gate.environment), approvals);
    return `${gate.gate}: approved by ${by.join(', ')} in the environment ${gate.environment}`;
  });
}

function whyNot(
  { gate, environment }: ProvenGate,
  found: EnvironmentAnswer | undefined,
  approvals: readonly ApprovalAnswer[],
): string | undefined {
  const setup = 'run cdkpipe github:setup, and then the workflow again';
  if (found === undefined)
    return `${gate} was not decided: the repository has no environment "${environment}"; ${setup}`;
  const reviewers = (found.protection_rules ?? []).filter(({ type }) => type === 'required_reviewers');
  if (!reviewers.some((rule) => (rule.reviewers?.length ?? 0) > 0))
    return `${gate} was not decided: the environment "${environment}" has no required reviewers, so nobody was asked; ${setup}`;
  if (found.can_admins_bypass !== false)
    return `${gate} may have been passed over: administrators can bypass the rules of the environment "${environment}"; ${setup}`;
  if (approversOf(found, approvals).length === 0)
    return `${gate} was not approved: this run has no approval of the environment "${environment}"`;
  return undefined;
}

/** Logins of those who approved; an environment is known by its number, as names can be taken again. */
function approversOf(found: EnvironmentAnswer | undefined, approvals: readonly ApprovalAnswer[]): string[] {
  const own = approvals.filter(
    ({ state, environments = [] }) => state === 'approved' && environments.some(({ id }) => id === found?.id),
  );
  return [...new Set(own.map(({ user }) => user?.login ?? 'somebody'))];
}

/** A gate with a time-out must have been decided in time: the job begins right after the decision. */
async function findLate(job: JobRecord, api: GitHubApi, now: number): Promise<string[]> {
  const limited = job.proves.filter(({ gate, timeout }) => timeout !== undefined && job.gates.includes(gate));
  if (limited.length === 0) return [];
  const needed = new Set(job.needs);
  const ends = (await api.readJobs())
    .filter(({ name }) => needed.has(name))
    .map(({ completed_at: end }) => (end === null ? 0 : Date.parse(end)));
  const asked = Math.max(await api.readStart(), ...ends);
  const minutes = (now - asked) / 60_000;
  return limited.flatMap(({ gate, timeout = Number.POSITIVE_INFINITY }) =>
    minutes > timeout
      ? [
          `${gate} was decided too late: after ${Math.floor(minutes)} minutes, and ${timeout} are allowed; run the workflow again`,
        ]
      : [],
  );
}
