import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { checkPackage } from './check-package.ts';

// Each checks a whole package, in several processes.
vi.setConfig({ testTimeout: 240_000 });

test.each(['manual', 'codebuild', 'lambda', 'bake', 'window', 'security'])(
  'the plugin of this repository for %s passes every check',
  async (name) => {
    const directory = fileURLToPath(new URL(`../../plugin-${name}-approval`, import.meta.url));
    const results = await checkPackage({ directory });
    expect(results.flatMap(({ id, state, findings }) => (state === 'passed' ? [] : [{ id, state, findings }]))).toEqual(
      [],
    );
  },
);
