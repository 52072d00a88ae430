/** A workflow as plain data, with the keys of GitHub. */

/** Filters of one event; GitHub takes patterns with `!` in front as exceptions. */
export interface EventFilters {
  branches?: string[];
  'branches-ignore'?: string[];
  tags?: string[];
  'tags-ignore'?: string[];
  paths?: string[];
  'paths-ignore'?: string[];
  types?: string[];
}

export interface DispatchInput {
  description?: string;
  type: 'string';
  required: boolean;
  default?: string;
}

export interface Triggers {
  push?: EventFilters;
  pull_request?: EventFilters;
  workflow_dispatch: { inputs?: Record<string, DispatchInput> };
}

export interface ActionStep {
  name?: string;
  id?: string;
  if?: string;
  uses: string;
  with?: Record<string, string | number | boolean>;
}

export interface RunStep {
  name: string;
  id?: string;
  if?: string;
  'working-directory'?: string;
  'timeout-minutes'?: number;
  env?: Record<string, string>;
  run: string;
}

export type WorkflowStep = ActionStep | RunStep;

/** Rights of the job's `GITHUB_TOKEN`; what is not named is none. */
export type Permissions = Partial<Record<'actions' | 'contents' | 'id-token', 'read' | 'write'>>;

export interface WorkflowJob {
  name: string;
  needs?: string[];
  if?: string;
  'runs-on': string | string[];
  'timeout-minutes': number;
  container?: { image: string };
  environment?: { name: string; deployment?: boolean };
  permissions: Permissions;
  outputs?: Record<string, string>;
  defaults?: { run: { shell: string } };
  steps: WorkflowStep[];
}

export interface Workflow {
  name: string;
  on: Triggers;
  permissions: Record<string, never>;
  concurrency: { group: string; queue: 'max'; 'cancel-in-progress': false };
  jobs: Record<string, WorkflowJob>;
}
