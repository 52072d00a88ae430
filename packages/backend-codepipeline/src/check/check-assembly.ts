/** What of the assembly CodePipeline cannot deploy, beyond what the plan says. */
import { type Assembly, isSameEnvironment, type Plan, type Problem } from '@cdkpipe/core';
import { pipelineStackName, supportStackName, updateStackName } from '../names/names.ts';
import { stackNameTaken } from '../problems/stacks.ts';

/** Stacks of the app that would take the place of the pipeline's own. */
export function checkAssembly({ pipeline }: Plan, assembly: Assembly): Problem[] {
  const home = pipeline.env;
  return assembly.deployments.flatMap((deployment) =>
    deployment.stacks.flatMap(({ id, stackName, env }) => {
      const own = isSameEnvironment(env, home)
        ? [pipelineStackName(pipeline.name), updateStackName(pipeline.name)]
        : [supportStackName(pipeline.name, home)];
      const path = pipeline.waves
        .flatMap((wave) => wave.deployments)
        .find(({ name }) => name === deployment.name)?.path;
      const place = path === undefined ? {} : { path };
      return own.includes(stackName) ? [stackNameTaken(stackName, `the stack "${deployment.name}/${id}"`, place)] : [];
    }),
  );
}
