import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkPackage } from './check-package.ts';

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
