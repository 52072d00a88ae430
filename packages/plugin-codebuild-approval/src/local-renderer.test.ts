import type { LocalContext } from '@cdkpipe/backend-local';
import { expect, it } from 'vitest';
import { codebuildOnThisMachine } from './local-renderer.ts';
import { codebuildOptions } from './options.ts';

it('refuses an output, which nothing on this machine would take, and says where', () => {
  const options = codebuildOptions.parse({ commands: ['make types'], output: 'types' });
  const step = {
    id: 'build:step/Types',
    name: 'Types',
    kind: 'codebuild',
    position: 'build',
    path: 'build.before',
  } as const;
  expect(() => codebuildOnThisMachine.render({ ...step, options }, {} as LocalContext)).toThrow(
    expect.objectContaining({ code: 'STEP_OUTPUT_NOT_KEPT', path: 'build.before.options.output', source: 'user' }),
  );
});
