/** Says what makes an action cost. Prices change and differ by region, so it names what is counted, not how much. */
import type { EmittedAction } from '../inspect/read-template.ts';
import { asObject } from '../inspect/read-template.ts';
import type { PlacedResource } from './emitted-resources.ts';

/**
 * CodePipeline charges a V2 pipeline for the minutes of all actions but manual approvals and custom ones, each rounded up:
 * https://aws.amazon.com/codepipeline/pricing/. CodeBuild charges the minutes of a build by its compute type:
 * https://aws.amazon.com/codebuild/pricing/. Lambda charges requests and duration: https://aws.amazon.com/lambda/pricing/.
 *
 * @param worker the project or function that the action starts, where it is one of the emitted ones
 */
export function costsOf({ category, provider, configuration }: EmittedAction, worker?: PlacedResource): string[] {
  if (category === 'Approval') return ['nothing: CodePipeline does not charge for manual approvals'];
  const pipeline = 'CodePipeline: action execution minutes, each action rounded up';
  if (provider === 'CodeBuild') return [pipeline, `CodeBuild: build minutes on ${computeOf(worker)}`];
  if (provider === 'Commands') return [pipeline, 'CodeBuild: build minutes on the compute of the Commands action'];
  if (provider === 'Lambda') return [pipeline, 'Lambda: one request and its duration'];
  if (provider === 'CloudFormation' && configuration.ActionMode !== 'CHANGE_SET_REPLACE')
    return [pipeline, 'what the resources of the stack cost'];
  return [pipeline];
}

function computeOf(project: PlacedResource | undefined): string {
  const { ComputeType, Type } = asObject(project?.properties.Environment);
  return (
    [ComputeType, Type].filter((part) => typeof part === 'string').join(', ') || 'a project that is not emitted here'
  );
}
