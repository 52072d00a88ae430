/** Where AWS, or the tool that calls, says that a call is made. */

const codePipeline = 'https://docs.aws.amazon.com/codepipeline/latest/userguide';
const codeBuild = 'https://docs.aws.amazon.com/codebuild/latest/userguide';
const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const cli = 'https://github.com/aws/aws-cdk-cli/blob/main/packages';

export const sources = {
  serviceRole: `${codePipeline}/pipelines-create-service-role-cli.html`,
  rolePolicy: `${codePipeline}/how-to-custom-role.html`,
  crossAccount: `${codePipeline}/pipelines-create-cross-account.html`,
  crossRegion: `${codePipeline}/actions-create-cross-region.html`,
  encryption: `${codePipeline}/S3-artifact-encryption.html`,
  cloudFormationAction: `${codePipeline}/action-reference-CloudFormation.html`,
  lambdaAction: `${codePipeline}/action-reference-Lambda.html`,
  codeBuildAction: `${codePipeline}/action-reference-CodeBuild.html`,
  connectionAction: `${codePipeline}/action-reference-CodestarConnectionSource.html`,
  codeCommitAction: `${codePipeline}/action-reference-CodeCommit.html`,
  s3Action: `${codePipeline}/action-reference-S3.html`,
  ecrAction: `${codePipeline}/action-reference-ECR.html`,
  approval: `${codePipeline}/approvals-iam-permissions.html`,
  approvalTopic: `${codePipeline}/approvals-action-add.html`,
  connectionBucket: `${codePipeline}/troubleshooting.html#codebuild-role-connections`,
  codePipelineActions: `${reference}/list_awscodepipeline.html`,
  buildRole: `${codeBuild}/setting-up-service-role.html`,
  buildTrust: `${codeBuild}/cross-service-confused-deputy-prevention.html`,
  buildVpc: `${codeBuild}/auth-and-access-control-iam-identity-based-access-control.html#customer-managed-policies-example-create-vpc-network-interface`,
  buildSecrets: `${codeBuild}/build-spec-ref.html#build-spec.env.secrets-manager`,
  buildParameters: `${codeBuild}/build-spec-ref.html#build-spec.env.parameter-store`,
  buildReports: `${codeBuild}/test-permissions.html`,
  buildImage: `${codeBuild}/sample-ecr.html`,
  buildRegistry: `${codeBuild}/sample-private-registry.html`,
  buildCache: `${codeBuild}/caching-s3.html`,
  buildKey: `${codeBuild}/setting-up-kms.html`,
  buildLogs: `${codeBuild}/change-project.html`,
  lambdaRole: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  lambdaLogs: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
  lambdaPermission: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  changeSets: `${reference}/list_awscloudformation.html`,
  passRole: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  executionRole: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html',
  eventTargets: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
  eventRole: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html',
  scheduleRole: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html',
  accessLogs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  encryptedTopic: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
  cloudWatch: `${reference}/list_amazoncloudwatch.html`,
  cdkBootstrap: 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html',
  cdkDeploy: `${cli}/@aws-cdk/toolkit-lib/lib/api/deployments/deploy-stack.ts`,
  cdkAssets: `${cli}/@aws-cdk/cdk-assets-lib/lib/private/handlers/files.ts`,
  cdkImages: `${cli}/@aws-cdk/cdk-assets-lib/lib/private/handlers/container-images.ts`,
  dockerLogin: `${cli}/@aws-cdk/cdk-assets-lib/lib/private/docker-credentials.ts`,
  ours: 'the function or command that cdkpipe writes',
} as const;

export type Source = keyof typeof sources;
