/** The stacks of one pipeline: its own, and one in every other environment where it needs something. */
import { type Environment, environmentName, isSameEnvironment, type Pipeline } from '@cdkpipe/core';
import type { App, Stack } from 'aws-cdk-lib';
import type { CdkModules } from '../modules.ts';
import { pipelineStackName, supportStackId, supportStackName } from '../names/names.ts';

export interface StackSet {
  readonly pipeline: Stack;
  /** The stack in `env`; a support stack is made when it is first asked for, and deployed before the pipeline's own. */
  in(env: Environment): Stack;
  all(): readonly Stack[];
}

export function createStacks(app: App, cdk: CdkModules, { name, env: home }: Pipeline): StackSet {
  const create = (id: string, stackName: string, env: Environment, description: string) => {
    const stack = new cdk.core.Stack(app, id, { stackName, env, description, suppressTemplateIndentation: true });
    // Resources are counted when the template is read back; the CDK would throw while it writes.
    stack.node.setContext('@aws-cdk/core:stackResourceLimit', 0);
    return stack;
  };
  const ownName = pipelineStackName(name);
  const pipeline = create(ownName, ownName, home, `The pipeline ${name}`);
  const support = new Map<string, Stack>();
  return {
    pipeline,
    in(env) {
      if (isSameEnvironment(env, home)) return pipeline;
      const key = environmentName(env);
      const existing = support.get(key);
      if (existing) return existing;
      const made = create(
        supportStackId(name, home, env),
        supportStackName(name, home),
        env,
        `What the pipeline ${name} of ${environmentName(home)} needs in ${key}`,
      );
      pipeline.addStackDependency(made, 'the pipeline uses what is in it');
      support.set(key, made);
      return made;
    },
    all: () => [...support.values(), pipeline],
  };
}
