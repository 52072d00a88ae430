/** The stacks of one pipeline: its own, and one in every other environment where it needs something. */
import { type Environment, environmentName, isSameEnvironment, type Pipeline } from '@cdkpipe/core';
import type { App, Stack } from 'aws-cdk-lib';
import type { CdkModules } from '../modules.ts';
import { pipelineStackName, supportStackName } from '../names/names.ts';

export interface StackSet {
  readonly pipeline: Stack;
  /** The stack in `env`; a support stack is made when it is first asked for, and deployed before the pipeline's own. */
  in(env: Environment): Stack;
  all(): readonly Stack[];
}

export function createStacks(app: App, cdk: CdkModules, { name, env: home }: Pipeline): StackSet {
  const create = (stackName: string, env: Environment, description: string) =>
    new cdk.core.Stack(app, stackName, { stackName, env, description, suppressTemplateIndentation: true });
  const pipeline = create(pipelineStackName(name), home, `The pipeline ${name}`);
  const support = new Map<string, Stack>();
  return {
    pipeline,
    in(env) {
      if (isSameEnvironment(env, home)) return pipeline;
      const key = environmentName(env);
      const existing = support.get(key);
      if (existing) return existing;
      const made = create(supportStackName(name, home, env), env, `What the pipeline ${name} needs in ${key}`);
      pipeline.addStackDependency(made, 'the pipeline uses what is in it');
      support.set(key, made);
      return made;
    },
    all: () => [...support.values(), pipeline],
  };
}
