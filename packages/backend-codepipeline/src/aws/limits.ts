/** Every limit of AWS that this backend holds its output against: the value and where it is written. */
import { stackQuotas } from '@cdkpipe/core';

export interface Limit {
  /** What is counted, as a message says it. */
  readonly what: string;
  readonly unit: string;
  readonly min?: number;
  readonly max: number;
  readonly source: string;
  /** What an author can change, where that is not plain from what is counted. */
  readonly advice?: string;
}

/** Characters and length of a name. */
export interface NameLimit {
  readonly what: string;
  readonly pattern: RegExp;
  readonly characters: string;
  readonly maxLength: number;
  readonly source: string;
}

const codePipelineQuotas = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html';
const codePipelineStructure =
  'https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html';
const pipelineDeclaration = 'https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html';
const variableDeclaration =
  'https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineVariableDeclaration.html';
const gitConfiguration = 'https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitConfiguration.html';
const gitBranchCriteria =
  'https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitBranchFilterCriteria.html';
const actionArtifacts = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html';
const codeBuildAction = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html';
const codeBuildQuotas = 'https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html';
const cloudFormationQuotas =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const iamQuotas = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const iamRole = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html';
const codeBuildProject = 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Project.html';
// AWS documents no limit; the CDK met this one.
const inlineBuildSpec = 'https://github.com/aws/aws-cdk/pull/14974';
// AWS documents no limit; this is the answer of StartBuild to a longer text.
const environmentText = 'https://github.com/wolfeidau/buildkite-serverless-agent/issues/35';
const lambdaQuotas = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const bucketPolicies = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html';
const keyPolicies = 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html';

const smaller = 'make two pipelines of it, or use fewer steps that bring resources of their own';
const fewerStatements = 'write fewer statements, actions or resources into `rolePolicy`';
const fewerStacks =
  'deploy fewer stacks from one pipeline, or remove files that are no templates of this app from the directory of the build';
const fewerAccounts =
  'set `organization` to the ID of your AWS organization, deploy to fewer accounts from one pipeline, or provide a bucket with `existing.artifacts`';

export const limits = {
  stages: { what: 'stages', unit: 'stages', min: 2, max: 50, source: codePipelineQuotas },
  runOrder: { what: 'the run order', unit: '', min: 1, max: 999, source: codePipelineStructure },
  configurationValue: { what: 'the configuration value', unit: 'characters', max: 1_000, source: codePipelineQuotas },
  approvalTimeout: { what: 'the time-out', unit: 'minutes', min: 5, max: 86_400, source: codePipelineQuotas },
  eventPattern: {
    what: 'the event pattern',
    unit: 'characters',
    max: 2_048,
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
  },
  buildInputs: { what: 'the input artifacts', unit: 'artifacts', min: 1, max: 5, source: codeBuildAction },
  // AWS's page has the bytes only. What "MB" means there is not said: the smaller reading is taken.
  deployedBytes: {
    what: 'the files',
    unit: 'bytes',
    max: 256_000_000,
    source: codePipelineQuotas,
    advice: fewerStacks,
  },
  // Written on no page of AWS that we found; it is refused all the same, as nothing says that more is possible.
  deployedFiles: { what: 'the files', unit: 'files', max: 100_000, source: codePipelineQuotas, advice: fewerStacks },
  buildTimeout: { what: 'the time-out', unit: 'minutes', min: 5, max: 2_160, source: codeBuildQuotas },
  pipelineVariables: { what: 'the variables', unit: 'variables', max: 50, source: pipelineDeclaration },
  variableDefault: { what: 'the default', unit: 'characters', min: 1, max: 1_000, source: variableDeclaration },
  variableDescription: { what: 'the description', unit: 'characters', max: 200, source: variableDeclaration },
  triggerFilters: { what: 'the filters', unit: 'filters', min: 1, max: 3, source: gitConfiguration },
  triggerPatterns: { what: 'the patterns', unit: 'patterns', min: 1, max: 8, source: gitBranchCriteria },
  triggerPattern: { what: 'the pattern', unit: 'characters', min: 1, max: 255, source: gitBranchCriteria },
  templateBytes: {
    what: 'the template',
    unit: 'bytes',
    max: stackQuotas.templateBytes,
    source: cloudFormationQuotas,
    advice: smaller,
  },
  templateResources: {
    what: 'the resources',
    unit: 'resources',
    max: stackQuotas.resources,
    source: cloudFormationQuotas,
    advice: smaller,
  },
  templateParameters: {
    what: 'the parameters',
    unit: 'parameters',
    max: stackQuotas.parameters,
    source: cloudFormationQuotas,
  },
  templateOutputs: { what: 'the outputs', unit: 'outputs', max: stackQuotas.outputs, source: cloudFormationQuotas },
  templateDescription: { what: 'the description', unit: 'bytes', max: 1_024, source: cloudFormationQuotas },
  roleDescription: { what: 'the description', unit: 'characters', max: 1_000, source: iamRole },
  projectDescription: { what: 'the description', unit: 'characters', max: 255, source: codeBuildProject },
  buildSpec: {
    what: 'the buildspec',
    unit: 'characters',
    max: 25_600,
    source: inlineBuildSpec,
    advice: 'move commands into a file of the source, such as `bash ci/check.sh`',
  },
  environmentText: {
    what: 'the text',
    unit: 'characters',
    max: 4_096,
    source: environmentText,
    advice: 'read it from a file of the source, or from a parameter in Parameter Store',
  },
  functionVariables: { what: 'the environment variables', unit: 'bytes', max: 4_096, source: lambdaQuotas },
  trustPolicy: { what: 'the trust policy', unit: 'characters', max: 2_048, source: iamQuotas },
  inlinePolicies: {
    what: 'the inline policies',
    unit: 'characters',
    max: 10_240,
    source: iamQuotas,
    advice: fewerStatements,
  },
  managedPolicy: { what: 'the policy', unit: 'characters', max: 6_144, source: iamQuotas, advice: fewerStatements },
  managedPoliciesPerRole: {
    what: 'the managed policies',
    unit: 'policies',
    max: 10,
    source: iamQuotas,
    advice: fewerStatements,
  },
  bucketPolicy: {
    what: 'the bucket policy',
    unit: 'characters',
    max: 20_480,
    source: bucketPolicies,
    advice: fewerAccounts,
  },
  keyPolicy: { what: 'the key policy', unit: 'characters', max: 32_768, source: keyPolicies, advice: fewerAccounts },
} as const satisfies Record<string, Limit>;

/** How many artifacts the actions of a provider take and make; of others nothing is known. */
export const artifactLimits: Readonly<Record<string, { readonly inputs: Limit; readonly outputs: Limit }>> = {
  CloudFormation: artifacts([0, 10], [0, 1]),
  CodeBuild: artifacts([1, 5], [0, 5]),
  CodeCommit: artifacts([0, 0], [1, 1]),
  CodeStarSourceConnection: artifacts([0, 0], [1, 1]),
  ECR: artifacts([0, 0], [1, 1]),
  GitHub: artifacts([0, 0], [1, 1]),
  Lambda: artifacts([0, 5], [0, 5]),
  Manual: artifacts([0, 0], [0, 0]),
  S3: artifacts([0, 1], [0, 1]),
};

function artifacts([leastIn, mostIn]: Range, [leastOut, mostOut]: Range) {
  const unit = 'artifacts';
  return {
    inputs: { what: 'the input artifacts', unit, min: leastIn, max: mostIn, source: actionArtifacts },
    outputs: { what: 'the output artifacts', unit, min: leastOut, max: mostOut, source: actionArtifacts },
  };
}

type Range = readonly [least: number, most: number];

/** Limits of an account, which an option says. */
export const actionsPerStage = (max: number): Limit => ({
  what: 'the actions',
  unit: 'actions',
  min: 1,
  max,
  source: codePipelineQuotas,
});
export const actionsPerPipeline = (max: number): Limit => ({
  what: 'the actions',
  unit: 'actions',
  max,
  source: codePipelineQuotas,
});

const names = (what: string, source: string): NameLimit => ({
  what,
  pattern: /^[A-Za-z0-9.@_-]+$/,
  characters: 'A-Z a-z 0-9 . @ _ -',
  maxLength: 100,
  source,
});

export const nameLimits = {
  pipeline: names('pipeline', codePipelineQuotas),
  stage: names('stage', codePipelineQuotas),
  action: names('action', codePipelineQuotas),
  artifact: {
    what: 'artifact',
    pattern: /^[A-Za-z0-9_-]+$/,
    characters: 'A-Z a-z 0-9 _ -',
    maxLength: 100,
    source: codePipelineStructure,
  },
  variable: {
    what: 'variable',
    pattern: /^[A-Za-z0-9@_-]+$/,
    characters: 'A-Z a-z 0-9 @ _ -',
    maxLength: 128,
    source: variableDeclaration,
  },
  namespace: {
    what: 'variable namespace',
    pattern: /^[A-Za-z0-9@_-]+$/,
    characters: 'A-Z a-z 0-9 @ _ -',
    maxLength: 100,
    source: codePipelineStructure,
  },
} as const satisfies Record<string, NameLimit>;
