/** Draws `codebuild` as a CodeBuild action of CodePipeline. */
import type { ActionDeclaration, CodeBuildSpec, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import { defineRenderer, isValueReference } from '@cdkpipe/core';
import type { EnvOptions } from './env-options.ts';
import type { CodeBuildOptions } from './options.ts';

export const codebuildOnCodePipeline = defineRenderer<CodeBuildOptions, CodePipelineContext, ActionDeclaration>({
  backend: 'codepipeline',
  kind: 'codebuild',
  render({ position, options: { env, ...rest } }, context) {
    return context.codeBuild({
      ...withoutUndefined(rest),
      category: position === 'build' ? 'Build' : 'Test',
      ...(env === undefined ? {} : { env: mapEnv(env) }),
    });
  },
});

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
}

function mapEnv(env: EnvOptions): NonNullable<CodeBuildSpec['env']> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, toBuildValue(value)]));
}

function toBuildValue(value: EnvOptions[string]): NonNullable<CodeBuildSpec['env']>[string] {
  if (typeof value === 'string' || isValueReference(value)) return value;
  switch (value.$ref) {
    case 'secret':
      return {
        type: 'SECRETS_MANAGER',
        value: value.field === undefined ? value.name : `${value.name}:${value.field}`,
      };
    case 'parameter':
      return { type: 'PARAMETER_STORE', value: value.name };
  }
}
