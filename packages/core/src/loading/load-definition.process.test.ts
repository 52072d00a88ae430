import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeProject } from './project.test.fixture.ts';

const jiti = createRequire(import.meta.url).resolve('jiti');
const loader = join(import.meta.dirname, 'load-definition.ts');

/** Loads the definition in a process that has nothing else to do. */
function runAlone(cwd: string) {
  const script = `
    process.chdir(${JSON.stringify(cwd)});
    const load = require(${JSON.stringify(jiti)})('/').import(${JSON.stringify(loader)});
    load.then(({ loadDefinition }) => loadDefinition({ cwd: '.', timeoutMs: 300 })).then(
      ({ value }) => console.log(JSON.stringify(value)),
      (error) => console.log(error.code, error.message.split('\\n')[0]),
    );`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout: stdout.trim(), stderr };
}

it('a process waits for the time limit although nothing else keeps it alive', () => {
  const cwd = makeProject({ 'cdkpipe.config.ts': 'await new Promise(() => {}); export default {};' }, { cdk: false });
  expect(runAlone(cwd)).toEqual({
    status: 0,
    stdout: 'CONFIG_TIMED_OUT "cdkpipe.config.ts" did not settle within 0.3 s',
    stderr: '',
  });
});

it('a package.json that does not parse is told of where cosmiconfig reads it for its own settings', () => {
  const cwd = makeProject({ 'package.json': '{ "name": }', 'cdkpipe.config.json': '{}' }, { cdk: false });
  expect(runAlone(cwd).stdout).toBe('FILE_UNPARSABLE "package.json" does not parse: unexpected token \'}\'');
});

it.each([
  ['that it refuses are told of', '{ "loaders": {} }', /^SEARCH_SETTINGS_UNUSABLE .* loaders/],
  ['may add places to search', '{ "searchPlaces": ["ci/{name}.yml"] }', /^\{"name":"shop"\}$/],
  ['may add places without extension', '{ "searchPlaces": [".{name}rc"] }', /^\{"name":"shop"\}$/],
])('settings for cosmiconfig %s', (_, settings, expected) => {
  const files = { 'ci/cdkpipe.yml': 'name: shop', '.cdkpiperc': 'name: shop' };
  const cwd = makeProject({ ...files, '.config/config.json': `{ "cosmiconfig": ${settings} }` }, { cdk: false });
  expect(runAlone(cwd).stdout).toMatch(expected);
});
