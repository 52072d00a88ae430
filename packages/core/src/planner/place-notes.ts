/** Says which stacks are deployed elsewhere than their deployment, and what of a stack the backend cannot set. */
import type { AssembledStack } from '../contracts/assembly.ts';
import { environmentName, isSameEnvironment } from '../model/environment.ts';
import type { Deployment } from '../model/pipeline.ts';

/** A sentence for each environment other than that of the deployment. */
export function elsewhereNotes({ env, app }: Deployment, stacks: readonly AssembledStack[]): string[] {
  const away = stacks.filter((stack) => !isSameEnvironment(stack.env, env));
  const places = [...new Set(away.map((stack) => environmentName(stack.env)))];
  const whose = app.from === 'stacks' ? 'as their own env says' : 'as the assembly says';
  return places.map((place) => {
    const ids = away.filter((stack) => environmentName(stack.env) === place).map(({ id }) => id);
    return `stacks that are deployed to ${place} and not to ${environmentName(env)}, ${whose}: ${ids.join(', ')}`;
  });
}

/**
 * CodePipeline's action for CloudFormation has no parameter for it
 * (https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html, aws/aws-cdk#17871).
 */
export function protectionNotes(stacks: readonly AssembledStack[]): string[] {
  const wanted = stacks.filter(({ terminationProtection }) => terminationProtection);
  if (wanted.length === 0) return [];
  const [{ stackName, env }] = wanted as [AssembledStack];
  return [
    `termination protection is not set by the pipeline for ${wanted.map(({ id }) => id).join(', ')}, and stays as it is; set it once after the first deployment, such as with aws cloudformation update-termination-protection --enable-termination-protection --stack-name ${stackName} --region ${env.region}`,
  ];
}
