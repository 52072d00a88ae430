/** The TypeScript of docs/authors.md compiles, and the tests that it shows pass. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
let directory: string;

/** Files that other blocks import and the page leaves to the reader. */
const support = {
  'src/read-actions.ts':
    "import type { EmittedAction, Tampering } from '@cdkpipe/testkit/vitest';\nexport declare function readActions(plan: unknown, directory: string): EmittedAction[];\nexport declare function changeFile(directory: string, how: Tampering, gate: string, held: string): void;\n",
};

beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-authors-')));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  const page = readFileSync(join(root, 'docs/authors.md'), 'utf8');
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ''], index) => {
    const [, file = `src/block-${index}.ts`] = /^\/\/ (\S+\.ts)\n/.exec(text) ?? [];
    return [file, text] as const;
  });
  expect(blocks.length).toBeGreaterThan(8);
  const files = {
    ...Object.fromEntries(blocks),
    ...support,
    'package.json': JSON.stringify({ name: '@acme/cdkpipe-plugin-pager', type: 'module', private: true }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2023',
        module: 'nodenext',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        exactOptionalPropertyTypes: true,
        types: ['node'],
      },
      include: ['src'],
    }),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(command: string, args: readonly string[]): string {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' };
  try {
    return execFileSync(join(root, 'node_modules/.bin', command), args, { cwd: directory, encoding: 'utf8', env });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    return `${command} failed:\n${stdout ?? ''}${stderr ?? ''}`;
  }
}

test('every block compiles', () => {
  expect(run('tsc', ['-p', '.'])).toBe('');
});

test('the test of a step passes', () => {
  expect(run('vitest', ['run', '--dir', 'src', 'src/pager.test.ts'])).toMatch(/Tests\s+2 passed/);
});
