import type { LocalContext, TaskResult, TaskTools } from '@cdkpipe/backend-local';
import { expect, it } from 'vitest';
import { codebuildOnThisMachine } from './local-renderer.ts';
import { codebuildOptions } from './options.ts';

const step = {
  id: 'build:step/Types',
  name: 'Types',
  kind: 'codebuild',
  position: 'build',
  path: 'build.before',
} as const;

/** What a step with these options keeps, where its commands end so. */
async function keptBy(options: object, end: TaskResult) {
  const kept: unknown[] = [];
  const tools = {
    workspace: async () => '/workspace',
    build: async () => end,
    keep: async (...args: unknown[]) => void kept.push(args),
  } as Partial<TaskTools> as TaskTools;
  const parsed = codebuildOptions.parse({ commands: ['make types'], ...options });
  const { run, keeps } = await codebuildOnThisMachine.render({ ...step, options: parsed }, {} as LocalContext);
  expect(await run(new AbortController().signal, tools)).toBe(end);
  return { kept, keeps };
}

it.each([
  ['under its own name', 'lib/types', ['/workspace', 'lib/types', 'lib/types']],
  ['under another name', { from: 'out', to: 'lib/types' }, ['/workspace', 'out', 'lib/types']],
])('keeps its output %s', async (_title, output, expected) => {
  expect(await keptBy({ output }, { approved: true, exports: { A: '1' } })).toEqual({
    kept: [expected],
    keeps: ['lib/types'],
  });
});

it.each([
  ['without an output', {}, { approved: true }],
  ['when its commands failed', { output: 'lib' }, { approved: false, reason: 'exit code 1' }],
] as const)('keeps nothing %s', async (_title, options, end) => {
  expect((await keptBy(options, end)).kept).toEqual([]);
});
