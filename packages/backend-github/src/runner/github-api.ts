/** What the REST API of GitHub says of a run, as far as the approvals need it. */
import { Refusal } from './refusal.ts';
import { required, type Surroundings } from './surroundings.ts';

/** https://docs.github.com/en/rest/deployments/environments#get-an-environment */
export interface EnvironmentAnswer {
  readonly id: number;
  readonly name: string;
  readonly can_admins_bypass?: boolean;
  readonly protection_rules?: readonly { readonly type: string; readonly reviewers?: readonly unknown[] }[];
}

/** https://docs.github.com/en/rest/actions/workflow-runs#get-the-review-history-for-a-workflow-run */
export interface ApprovalAnswer {
  readonly state: string;
  readonly environments?: readonly { readonly id: number; readonly name: string }[];
  readonly user?: { readonly login?: string };
}

/** https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run */
export interface JobAnswer {
  readonly name: string;
  readonly completed_at: string | null;
}

export interface GitHubApi {
  /** Undefined where there is none. */
  findEnvironment(name: string): Promise<EnvironmentAnswer | undefined>;
  readApprovals(): Promise<readonly ApprovalAnswer[]>;
  readJobs(): Promise<readonly JobAnswer[]>;
  /** When this attempt of the run has begun, in milliseconds. */
  readStart(): Promise<number>;
}

export function gitHubApi(surroundings: Surroundings): GitHubApi {
  const repository = `/repos/${required(surroundings, 'GITHUB_REPOSITORY')}`;
  const run = `${repository}/actions/runs/${required(surroundings, 'GITHUB_RUN_ID')}`;
  const get = async <T>(path: string): Promise<T> => {
    const answer = await request(surroundings, path);
    if (answer === undefined) throw new Refusal([`GitHub does not know ${path}`]);
    return answer as T;
  };
  return {
    findEnvironment: async (name) =>
      (await request(surroundings, `${repository}/environments/${encodeURIComponent(name)}`)) as
        | EnvironmentAnswer
        | undefined,
    readApprovals: () => get(`${run}/approvals`),
    readJobs: async () => {
      const jobs: JobAnswer[] = [];
      for (let page = 1; ; page += 1) {
        const { jobs: found } = await get<{ jobs: readonly JobAnswer[] }>(
          `${run}/jobs?filter=latest&per_page=100&page=${page}`,
        );
        jobs.push(...found);
        if (found.length < 100) return jobs;
      }
    },
    readStart: async () => Date.parse((await get<{ run_started_at: string }>(run)).run_started_at),
  };
}

/** GitHub asks to try again after a pause where it limits or fails (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api). */
const pauses = [1_000, 4_000, 16_000] as const;

/** @returns undefined for 404 */
async function request(surroundings: Surroundings, path: string): Promise<unknown> {
  const base = surroundings.env.GITHUB_API_URL ?? 'https://api.github.com';
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${required(surroundings, 'GITHUB_TOKEN')}`,
    'x-github-api-version': '2022-11-28',
    'user-agent': 'cdkpipe',
  };
  for (let attempt = 0; ; attempt += 1) {
    const response = await surroundings.fetch(`${base}${path}`, { headers });
    if (response.ok) return response.json();
    if (response.status === 404) return undefined;
    const pause = pauses[attempt];
    const isPassing = response.status >= 500 || response.status === 429;
    if (!isPassing || pause === undefined)
      throw new Refusal([
        `GitHub answers ${response.status} to GET ${path}; the job needs \`permissions: { actions: read }\``,
      ]);
    await surroundings.sleep(pause);
  }
}
