/** Options of the old pipeline as `backends.codepipeline`. */
import { notCarried } from '../old-app/note.ts';
import { type Code, literal, object } from './code.ts';
import type { Context } from './context.ts';
import { defaultVariables, projectCode } from './project-code.ts';

const layers = ['all', 'build', 'assets', 'selfUpdate'] as const;

/** Undefined where everything is as by default. */
export function backendCode(context: Context): Code | undefined {
  const { options, at } = context.pipeline;
  for (const name of options.other)
    context.notes.push(
      notCarried(`the option ${name} of the pipeline has no plain value`, 'see the table of docs/moving.md', at),
    );
  const isParallel = options.executionMode === 'PARALLEL';
  if (isParallel)
    context.notes.push(
      notCarried(
        'the pipeline runs in parallel, which is not supported: runs would replace the change sets of each other',
        "choose executionMode 'QUEUED' or leave it out",
        at,
      ),
    );
  const entries = {
    selfUpdate: options.selfMutation ? undefined : literal(false),
    executionMode: options.executionMode === 'QUEUED' ? literal('QUEUED') : undefined,
    assets: options.publishEach ? literal({ publish: 'each' }) : undefined,
    codeBuildDefaults: defaultsCode(context),
  };
  return Object.values(entries).some((code) => code !== undefined)
    ? object({ codepipeline: object(entries) })
    : undefined;
}

function defaultsCode(context: Context): Code | undefined {
  const { options, at } = context.pipeline;
  const codes = layers.map((layer) => {
    const project = options.defaults[layer];
    const code = project && projectCode(project, { what: `the defaults of CodeBuild (${layer})`, at }, context);
    const isPrivileged = layer === 'selfUpdate' && options.dockerForSelfMutation;
    const entries = {
      ...code,
      env: project && defaultVariables(project),
      privileged: isPrivileged ? literal(true) : layer === 'assets' ? undefined : code?.privileged,
    };
    return [layer, Object.values(entries).some((entry) => entry !== undefined) ? object(entries) : undefined] as const;
  });
  return codes.some(([, code]) => code !== undefined) ? object(Object.fromEntries(codes)) : undefined;
}
