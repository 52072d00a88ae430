/** References that only CodePipeline can honour are refused before a run begins, naming place and backend. */
import local from '@cdkpipe/backend-local';
import { isCdkpipeError } from '@cdkpipe/core';
import { openProject } from '@cdkpipe/core/host';
import { expect, test } from 'vitest';
import { definition, makeDirectory } from './run-cdkpipe.test.fixture.ts';

test.each([["exported('Types', 'VERSION')"]])('%s in the environment of the build', async (reference) => {
  const before = `import { exported } from '@cdkpipe/core';`;
  const build = `build({ commands: ['npx cdkpipe synth'], env: { VALUE: ${reference} } })`;
  const override = `build: ${build},`;
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition({ before, override }) });
  const refused: unknown = await openProject({ cwd, builtIns: [local], backend: 'local' }).catch((error) => error);
  expect(isCdkpipeError(refused) && refused.problems).toMatchObject([
    {
      code: 'REFERENCE_UNSUPPORTED',
      path: 'build.env.VALUE',
      message: expect.stringContaining('the backend "local" cannot honour'),
    },
  ]);
});
