/** The stacks of one pipeline: its own, one in every other environment where it needs something, and one for its update. */
import { type Environment, environmentName, isSameEnvironment, type Pipeline } from '@cdkpipe/core';
import type { App, Stack } from 'aws-cdk-lib';
import type { CdkModules } from '../aws/modules.ts';
import { pipelineStackName, supportStackId, supportStackName, updateStackName } from '../names/names.ts';
import { deployAfter } from './dependencies.ts';

export interface StackSet {
  readonly pipeline: Stack;
  /** The stack in `env`; a support stack is made when it is first asked for, and deployed before the pipeline's own. */
  in(env: Environment): Stack;
  /** The support stacks made so far. */
  support(): readonly Stack[];
  /** Makes the stack that is deployed before all others. Call it once, when every other stack exists. */
  makeUpdateStack(): Stack;
}

export function createStacks(app: App, cdk: CdkModules, { name, env: home }: Pipeline): StackSet {
  const create = (id: string, stackName: string, env: Environment, description: string) => {
    const quiet = { analyticsReporting: false, suppressTemplateIndentation: true };
    const stack = new cdk.core.Stack(app, id, { stackName, env, description, ...quiet });
    // Construct paths of ours help nobody, and take up a fifth of the template.
    stack.node.setContext('aws:cdk:enable-path-metadata', false);
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
      deployAfter(pipeline, made, 'the pipeline uses what is in it');
      support.set(key, made);
      return made;
    },
    support: () => [...support.values()],
    makeUpdateStack() {
      const ownName = updateStackName(name);
      const made = create(ownName, ownName, home, `The role that updates the pipeline ${name}`);
      for (const stack of [...support.values(), pipeline])
        deployAfter(stack, made, 'the update deploys it with the role in there');
      return made;
    },
  };
}
