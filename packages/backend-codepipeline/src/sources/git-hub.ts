/** A GitHub repository reached with an OAuth token. */
import { type GitHubSource, refused } from '@cdkpipe/core';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { Drawing } from '../drawing/drawing.ts';
import type { Place } from '../problems/place.ts';
import { tokenSecretInvalid } from '../problems/sources.ts';
import type { SourceAction } from './source-action.ts';

const secretId = /^(arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[A-Za-z0-9/_+=.@-]+$/;

export function gitHubAction(source: GitHubSource, triggers: boolean, place: Place): SourceAction {
  const [owner = '', ...name] = source.repository.split('/');
  return {
    owner: 'ThirdParty',
    provider: 'GitHub',
    configuration: {
      Owner: owner,
      Repo: name.join('/'),
      Branch: source.branch,
      OAuthToken: tokenReference(source.tokenSecret, place),
      PollForSourceChanges: String(triggers && source.trigger === 'poll'),
    },
  };
}

/** GitHub calls it on every push; CodePipeline starts where the branch is the action's. */
export function drawGitHubWebhook(
  { cdk, stack }: Drawing,
  source: GitHubSource,
  { pipeline, action, place }: { pipeline: CfnPipeline; action: string; place: Place },
): void {
  new cdk.codepipeline.CfnWebhook(stack, 'SourceWebhook', {
    authentication: 'GITHUB_HMAC',
    authenticationConfiguration: { secretToken: tokenReference(source.tokenSecret, place) },
    filters: [{ jsonPath: '$.ref', matchEquals: 'refs/heads/{Branch}' }],
    targetPipeline: pipeline.ref,
    targetPipelineVersion: 1,
    targetAction: action,
    registerWithThirdParty: true,
  });
}

/** Has CloudFormation look the token up; the token itself is in no template. */
function tokenReference(secret: string, place: Place): string {
  if (!secretId.test(secret)) throw refused([tokenSecretInvalid(secret, place)]);
  return `{{resolve:secretsmanager:${secret}:SecretString}}`;
}
