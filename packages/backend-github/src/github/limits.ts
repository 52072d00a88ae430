/** Every limit of GitHub that this backend holds its output against: the value and where it is written. */

export interface Limit {
  /** What is counted, as a message says it. */
  readonly what: string;
  readonly unit: string;
  readonly max: number;
  readonly source: string;
  readonly advice: string;
}

const actionsLimits = 'https://docs.github.com/en/actions/reference/limits';
const outputLimits =
  'https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs';
const environments = 'https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments';
const iamQuotas = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const dispatchInputs =
  'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs';
const artifacts = 'https://github.com/actions/upload-artifact#number-of-artifacts';
// GitHub documents no limit of the graph. Its support named this graph as too large for the database: 160 jobs, 4,700 edges.
const largeGraph = 'https://github.com/cdklabs/cdk-pipelines-github/issues/1456';
// GitHub documents no limit of an expression; this is the answer of its parser, which reads a text with `${{` as one expression.
const expressionLength = 'https://github.com/github/gh-aw/issues/20719';

const smaller = 'make two pipelines of it, or combine steps';

export const limits = {
  // GitHub documents no size of the file. This is far above what is rendered for 20 deployments of 10 stacks, and no more.
  fileSize: { what: 'the workflow file', unit: 'bytes', max: 512_000, source: actionsLimits, advice: smaller },
  // A matrix is limited to 256 jobs; the count of jobs in a file is held to the same number.
  jobs: { what: 'jobs', unit: 'jobs', max: 256, source: actionsLimits, advice: smaller },
  /** Characters of all names in `needs`: 4,700 edges of that report, with names of about 20 characters, were too many. */
  graph: { what: 'the names in `needs`', unit: 'characters', max: 40_000, source: largeGraph, advice: smaller },
  jobId: {
    what: 'the ID of a job',
    unit: 'characters',
    max: 100,
    source: 'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_id',
    advice: 'use shorter names of deployments and steps',
  },
  run: {
    what: 'the commands of a step',
    unit: 'characters',
    max: 21_000,
    source: expressionLength,
    advice: 'move commands into a script of the repository',
  },
  /** Outputs of one job, which count as UTF-16; what they hold is known only in a run, so their number is counted. */
  outputs: {
    what: 'the outputs of a job',
    unit: 'outputs',
    max: 500,
    source: outputLimits,
    advice: 'refer to fewer outputs',
  },
  environmentName: {
    what: 'the name of an environment',
    unit: 'characters',
    max: 255,
    source: environments,
    advice: 'use shorter names of deployments and steps',
  },
  inputs: {
    what: 'the variables',
    unit: 'variables',
    max: 25,
    source: dispatchInputs,
    advice: 'declare fewer variables',
  },
  artifacts: {
    what: 'the artifacts of a job',
    unit: 'artifacts',
    max: 500,
    source: artifacts,
    advice: smaller,
  },
  /** Minutes that a job may run on a runner that GitHub hosts. */
  hostedJobTime: {
    what: 'the time-out',
    unit: 'minutes',
    max: 360,
    source: actionsLimits,
    advice: 'set a shorter time-out, or name a runner of your own in `backends.github.runsOn`',
  },
  /** Minutes that a job waits for its reviewers, before GitHub ends it. */
  approvalTime: {
    what: 'the time-out',
    unit: 'minutes',
    max: 43_200,
    source: actionsLimits,
    advice: 'set a time-out of at most 30 days',
  },
  /** Of one role together; IAM counts no white space. */
  inlinePolicies: {
    what: 'the inline policy',
    unit: 'characters',
    max: 10_240,
    source: iamQuotas,
    advice: 'deploy fewer stacks with one deployment, or write fewer statements into `rolePolicy`',
  },
  trustPolicy: {
    what: 'the trust policy',
    unit: 'characters',
    max: 2_048,
    source: iamQuotas,
    advice: 'write fewer patterns into `source.triggers`',
  },
} as const satisfies Record<string, Limit>;
