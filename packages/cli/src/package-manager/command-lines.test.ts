import { expect, test } from 'vitest';
import { managers } from './command-lines.ts';

const source = 'git+https://example.com/acme/pager.git#0f0f0f';

test('yarn 2 and later takes a source behind the name of its package, and runs no script of npm in the repository', () => {
  const { args, env } = managers['yarn@berry'].add(source, '@acme/pager', 'devDependencies');
  expect(args).toEqual(['add', '--exact', '--dev', `@acme/pager@${source}`]);
  expect(env).toMatchObject({ YARN_ENABLE_SCRIPTS: 'false', npm_config_ignore_scripts: 'true' });
  expect(managers['yarn@berry'].add('@acme/pager@1.0.0', '@acme/pager', 'dependencies').args.at(-1)).toBe(
    '@acme/pager@1.0.0',
  );
});

test.each(['npm', 'pnpm', 'yarn'] as const)('%s takes a source as it is', (manager) => {
  expect(managers[manager].add(source, '@acme/pager', 'devDependencies').args.at(-1)).toBe(source);
});
