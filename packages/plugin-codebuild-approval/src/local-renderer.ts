/** Runs `codebuild` on this machine: the same commands, in a shell with a clean environment and a workspace of its own. */
import type { LocalContext, LocalTask, TaskTools } from '@cdkpipe/backend-local';
import { defineRenderer, isValueReference } from '@cdkpipe/core';
import type { EnvOptions } from './env-options.ts';
import type { CodeBuildOptions } from './options.ts';

/** Minutes, as CodeBuild has it. */
const defaultTimeout = 60;

export const codebuildOnThisMachine = defineRenderer<CodeBuildOptions, LocalContext, LocalTask>({
  backend: 'local',
  kind: 'codebuild',
  render({ position, options }, context) {
    const { inputs = [], exports = [], timeout = defaultTimeout } = options;
    const output = typeof options.output === 'string' ? { from: options.output, to: options.output } : options.output;
    const env = resolveEnv(options.env ?? {}, context);
    return {
      type: 'task',
      // Around the build, commands only see copies; behind a deployment they may have acted on what was deployed.
      retry: position === 'build' ? 'safe' : 'ask',
      keeps: output === undefined ? [] : [output.to],
      run: async (_, tools) => {
        const cwd = await tools.workspace(inputs);
        const result = await tools.build(options, { cwd, env: env(tools), timeout, exports });
        if (result.approved && output !== undefined) await tools.keep(cwd, output.from, output.to);
        return result;
      },
    };
  },
});

type ReadValue = (tools: TaskTools) => string;

/** Outputs are read at once; secrets when the commands start, and by nobody else. */
function resolveEnv(env: EnvOptions, context: LocalContext): (tools: TaskTools) => Record<string, string> {
  const readers = Object.entries(env).map(([name, value]) => [name, readerOf(value, context)] as const);
  return (tools) => Object.fromEntries(readers.map(([name, read]) => [name, read(tools)]));
}

function readerOf(value: EnvOptions[string], context: LocalContext): ReadValue {
  if (typeof value === 'string') return () => value;
  if (isValueReference(value)) {
    const found = context.value(value);
    return () => found;
  }
  switch (value.$ref) {
    case 'secret':
      return (tools) => tools.secret(value.name, value.field);
    case 'parameter':
      return (tools) => tools.parameter(value.name);
  }
}
