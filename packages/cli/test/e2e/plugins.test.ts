/** Plugins come and go in a project, from a real registry on the loopback interface, with npm, pnpm and yarn. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmPlugin, packageOf, reportPlugin } from './plugin-packages.test.fixture.ts';
import { packed, type Registry, startRegistry } from './registry.test.fixture.ts';
import { definition, makeDirectory, type Outcome, type RunOptions, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  await registry.publish(confirmPlugin());
  await registry.publish(confirmPlugin({ version: '1.1.0' }));
  await registry.publish(reportPlugin());
});
afterAll(() => registry.close());

const confirm = '@acme/cdkpipe-plugin-confirm';
const report = '@acme/cdkpipe-plugin-report';
const binaries = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url));

const config = definition({ before: '// the plugins come here', override: `plugins: [\n  ],` });

/** A project that takes everything from the registry, and has no need of the network. */
function makeProject(manager = 'npm@11.0.0', files: Record<string, string> = {}): string {
  return makeDirectory({
    'package.json': `${JSON.stringify({ name: 'shop', private: true, packageManager: manager }, null, 4)}\n`,
    'cdkpipe.config.ts': config,
    '.npmrc': `registry=${registry.url}\nlegacy-peer-deps=true\nauto-install-peers=false\nstrict-peer-dependencies=false\n`,
    '.gitignore': 'node_modules\n',
    ...files,
  });
}

function run(args: readonly string[], cwd: string, options: Partial<RunOptions> = {}): Promise<Outcome> {
  const env = { PATH: `${binaries}${delimiter}${process.env.PATH}`, COREPACK_ENABLE_STRICT: '0', ...options.env };
  return runCdkpipe(args, { ...options, cwd, env });
}

const install = (spec: string, cwd: string, ...flags: string[]) =>
  run(['plugins:install', spec, '--yes', '--json', ...flags], cwd);

/** Every file of the project, but for what the package manager keeps to itself. */
function contentsOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .filter((file) => !/node_modules\/\.|\.bin\//.test(file));
  return Object.fromEntries(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(directory, file)))
        .digest('hex'),
    ]),
  );
}

const read = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8');

describe.each([
  ['npm@11.0.0', 'package-lock.json'],
  ['pnpm@10.34.8', 'pnpm-lock.yaml'],
  ['yarn@1.22.22', 'yarn.lock'],
])('with %s', (manager, lockFile) => {
  test('a plugin is installed, listed, used, updated and uninstalled', async () => {
    const cwd = makeProject(manager);
    const installed = await install(`${confirm}@1.0.0`, cwd);
    expect(installed.exitCode, installed.stdout + installed.stderr).toBe(0);
    expect(JSON.parse(installed.stdout)).toMatchObject({
      plugins: [{ name: confirm, version: '1.0.0', api: 1, kinds: ['confirm'], provenance: { state: 'unverified' } }],
      byHand: [],
      warnings: [],
    });
    expect(JSON.parse(read(cwd, 'package.json'))).toMatchObject({ devDependencies: { [confirm]: '1.0.0' } });
    expect(existsSync(join(cwd, lockFile))).toBe(true);
    expect(read(cwd, 'cdkpipe.config.ts')).toBe(
      config
        .replace("aws-sns';", `aws-sns';\nimport confirmPlugin from '${confirm}';`)
        .replace('plugins: [', 'plugins: [confirmPlugin'),
    );
    const { plugins } = JSON.parse(read(cwd, 'cdkpipe.lock.json'));
    expect(plugins).toEqual({
      [confirm]: { version: '1.0.0', integrity: expect.stringMatching(/^sha512-/), api: 1 },
    });

    const synth = await run(['synth', '--frozen', '--json', '--no-validate'], cwd);
    expect(synth.exitCode, synth.stdout).toBe(0);
    const listed = await run(['plugins', '--json'], cwd);
    expect(JSON.parse(listed.stdout).plugins).toMatchObject([{ name: confirm, state: 'locked', kinds: ['confirm'] }]);

    const updated = await run(['plugins:update', '--yes'], cwd);
    expect(updated).toMatchObject({ exitCode: 0 });
    expect(updated.stderr).toContain('1.0.0 → 1.1.0');
    expect(JSON.parse(read(cwd, 'cdkpipe.lock.json')).plugins[confirm].version).toBe('1.1.0');

    const gone = await run(['plugins:uninstall', confirm], cwd);
    expect(gone).toMatchObject({ exitCode: 0 });
    expect(read(cwd, 'cdkpipe.config.ts')).toBe(config);
    expect(read(cwd, 'package.json')).not.toContain(confirm);
    expect(existsSync(join(cwd, 'cdkpipe.lock.json'))).toBe(false);
    expect(existsSync(join(cwd, 'node_modules', confirm))).toBe(false);
  });
});

describe('what is refused before anything is installed', () => {
  const bad = (name: string) => `@acme/cdkpipe-plugin-${name}`;
  const variant = (name: string, change: object) => confirmPlugin({ name: bad(name), change });
  let cwd: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    const canary = `node -e "require('fs').writeFileSync('${'${INIT_CWD}'}/canary', '')"`;
    await registry.publish(variant('tampered', {}));
    registry.tamper('cdkpipe-plugin-tampered');
    await registry.publish(variant('scripts', { scripts: { postinstall: canary } }));
    await registry.publish(variant('hidden', { scripts: { preinstall: canary } }), ({ versions }) => {
      for (const version of Object.values(versions)) delete version.scripts;
    });
    await registry.publish(variant('future', { cdkpipePlugin: { api: 2, kinds: ['confirm'] } }));
    await registry.publish(variant('own-cdk', { dependencies: { 'aws-cdk-lib': '^2.0.0' } }));
    await registry.publish(variant('engine', { engines: { node: '>=99' } }));
    await registry.publish(variant('core', { peerDependencies: { '@cdkpipe/core': '^7.0.0' } }));
    const dependency = (name: string, change: object, files = {}) =>
      registry.publish(packageOf({ name: `@acme/${name}`, ...change }, { 'index.js': '', 'run.js': '', ...files }));
    const needs = (name: string, on: string, range = '1.0.0') => variant(name, { dependencies: { [on]: range } });
    await dependency('scripted', { scripts: { postinstall: canary } });
    await dependency('between', { dependencies: { '@acme/scripted': '^1.0.0' } });
    await registry.publish(needs('deep-script', '@acme/between'));
    await registry.publish(
      packageOf({ name: '@acme/shy', scripts: { postinstall: canary } }, { 'index.js': '' }),
      ({ versions }) => {
        for (const version of Object.values(versions)) delete version.scripts;
      },
    );
    await registry.publish(needs('shy-script', '@acme/shy'));
    await dependency('npm-thief', { bin: { npm: './run.js' } });
    await registry.publish(needs('deep-bin', '@acme/npm-thief'));
    for (const name of ['cdk', 'npx', 'cdkpipe', 'NPM', '../node'])
      await registry.publish(
        variant(`bin-${name.toLowerCase().replace(/\W/g, '')}`, { bin: { [name]: './index.js' } }),
      );
    await registry.publish(needs('git', '@acme/git', 'git+https://127.0.0.1/acme/git.git'));
    await registry.publish(needs('http', '@acme/http', 'http://127.0.0.1:9/x.tgz'));
    await registry.publish(needs('file', '@acme/file', 'file:../x'));
    await registry.publish(packageOf({ name: 'constructs', version: '10.9.9' }, { 'index.js': '' }));
    await dependency('with-copy', { dependencies: { constructs: '10.9.9' } });
    await registry.publish(needs('deep-copy', '@acme/with-copy'));
    await registry.publish({
      ...confirmPlugin({ name: bad('nested-copy') }),
      'lib/vendor/core/package.json': '{"name":"@cdkpipe/core","version":"0.1.0"}',
    });
    await registry.publish(packageOf({ name: bad('none'), main: 'index.js' }, { 'index.js': '' }));
    cwd = makeProject();
    before = contentsOf(cwd);
  });

  test.each([
    ['a tampered tarball', bad('tampered'), 'PACKAGE_TAMPERED'],
    ['an install script', bad('scripts'), 'PLUGIN_INSTALL_SCRIPTS'],
    ['an install script that only the tarball has', bad('hidden'), 'PLUGIN_INSTALL_SCRIPTS'],
    ['a protocol that is not known', bad('future'), 'PLUGIN_API_UNKNOWN'],
    ['an aws-cdk-lib of its own', bad('own-cdk'), 'PLUGIN_OWN_COPY'],
    ['an engine that is not here', bad('engine'), 'PLUGIN_ENGINE_UNFIT'],
    ['a core that is not here', bad('core'), 'PLUGIN_ENGINE_UNFIT'],
    ['an install script of a dependency', bad('deep-script'), 'PLUGIN_DEPENDENCY_SCRIPTS'],
    ['a dependency that takes npm', bad('deep-bin'), 'PLUGIN_BIN_TAKEN'],
    ['a bin that takes cdk', bad('bin-cdk'), 'PLUGIN_BIN_TAKEN'],
    ['a bin that takes npx', bad('bin-npx'), 'PLUGIN_BIN_TAKEN'],
    ['a bin that takes cdkpipe', bad('bin-cdkpipe'), 'PLUGIN_BIN_TAKEN'],
    ['a bin that takes npm where letters have no case', bad('bin-npm'), 'PLUGIN_BIN_TAKEN'],
    ['a bin that takes node by a path', bad('bin-node'), 'PLUGIN_BIN_TAKEN'],
    ['a dependency from git', bad('git'), 'PLUGIN_DEPENDENCY_SOURCE'],
    ['a dependency from an address', bad('http'), 'PLUGIN_DEPENDENCY_SOURCE'],
    ['a dependency from a file', bad('file'), 'PLUGIN_DEPENDENCY_SOURCE'],
    ['constructs of a dependency', bad('deep-copy'), 'PLUGIN_OWN_COPY'],
    ['a copy of core deep in its tarball', bad('nested-copy'), 'PLUGIN_OWN_COPY'],
    ['a package that is no plugin', bad('none'), 'PLUGIN_MANIFEST_MISSING'],
    ['a name like one of ours', '@cdk-pipe/plugin-manual-approval', 'PLUGIN_NAME_NEAR_MISS'],
    ['a name that does not exist', bad('unheard-of'), 'PACKAGE_NOT_FOUND'],
    ['a version that does not exist', `${confirm}@9`, 'PACKAGE_VERSION_NOT_FOUND'],
    ['a git repository', 'git+https://127.0.0.1/acme/plugin.git', 'PLUGIN_SPEC_NOT_ALLOWED'],
  ])('%s', async (_, spec, code) => {
    const { exitCode, stdout } = await install(spec, cwd);
    expect(exitCode, stdout).toBe(2);
    expect(JSON.parse(stdout).errors).toMatchObject([{ code, fix: expect.any(String) }]);
    expect(contentsOf(cwd)).toEqual(before);
  });

  test('an install script of a dependency that only its tarball has, before anything of it runs', async () => {
    const project = makeProject();
    const files = contentsOf(project);
    const { exitCode, stdout } = await install(bad('shy-script'), project);
    expect(exitCode, stdout).toBe(2);
    expect(JSON.parse(stdout).errors).toMatchObject([
      { code: 'PLUGIN_DEPENDENCY_SCRIPTS', message: expect.stringContaining('@acme/shy (postinstall)') },
    ]);
    expect(contentsOf(project)).toEqual(files);
  });

  describe.each(['npm@11.0.0', 'pnpm@10.34.8', 'yarn@1.22.22'])('peer dependencies that %s installs', (manager) => {
    const plugin = (name: string, peer: string, { version = '1.0.0', meta = {} } = {}) =>
      confirmPlugin({
        name: bad(`${name}-peer`),
        change: { peerDependencies: { [peer]: version }, peerDependenciesMeta: meta },
      });
    const make = () => makeProject(manager, { '.npmrc': `registry=${registry.url}\n` });
    const isYarn = manager.startsWith('yarn');

    beforeAll(async () => {
      if (!manager.startsWith('npm')) return;
      const large: Parameters<Registry['publish']>[1] = ({ versions }) => {
        for (const version of Object.values(versions)) Object.assign(version.dist ?? {}, { unpackedSize: 3e8 });
      };
      await registry.publish(packageOf({ name: '@acme/large' }, { 'index.js': '' }), large);
      await registry.publish(packageOf({ name: '@acme/small' }, { 'index.js': '' }));
      await registry.publish(plugin('scripted', '@acme/scripted'));
      await registry.publish(plugin('deep', '@acme/between'));
      await registry.publish(plugin('thief', '@acme/npm-thief'));
      await registry.publish(plugin('large', '@acme/large'));
      await registry.publish(plugin('git', '@acme/git', { version: 'git+https://127.0.0.1/acme/git.git' }));
      await registry.publish(plugin('shy', '@acme/shy'));
      await registry.publish(plugin('small', '@acme/small'));
      await registry.publish(plugin('optional', '@acme/scripted', { meta: { '@acme/scripted': { optional: true } } }));
    });

    test.each([
      ['with an install script', 'scripted', 'PLUGIN_DEPENDENCY_SCRIPTS'],
      ['whose dependency has one', 'deep', 'PLUGIN_DEPENDENCY_SCRIPTS'],
      ['that takes npm', 'thief', 'PLUGIN_BIN_TAKEN'],
      ['that is too large', 'large', 'PLUGIN_TOO_LARGE'],
      ['from git', 'git', 'PLUGIN_DEPENDENCY_SOURCE'],
      ['whose script only the tarball has', 'shy', 'PLUGIN_DEPENDENCY_SCRIPTS'],
    ])('one %s', async (_, name, code) => {
      const project = make();
      const files = contentsOf(project);
      const { exitCode, stdout } = await install(bad(`${name}-peer`), project);
      if (isYarn)
        expect([exitCode, readdirSync(join(project, 'node_modules/@acme'))]).toEqual([
          0,
          [`cdkpipe-plugin-${name}-peer`],
        ]);
      else expect([exitCode, JSON.parse(stdout).errors, contentsOf(project)]).toMatchObject([2, [{ code }], files]);
    });

    test('one that is harmless comes in and is shown; an optional one is not installed', async () => {
      const project = make();
      const { exitCode, stdout } = await install(bad('small-peer'), project);
      expect(exitCode, stdout).toBe(0);
      const [{ packages }] = JSON.parse(stdout).plugins;
      expect(packages.map(({ name }: { name: string }) => name)).toEqual(isYarn ? [] : ['@acme/small']);
      const optional = await install(bad('optional-peer'), make());
      expect([optional.exitCode, JSON.parse(optional.stdout).plugins]).toMatchObject([0, [{ packages: [] }]]);
    });
  });

  test('a name that would be an option of the package manager', async () => {
    const { exitCode, stdout } = await run(['plugins:install', '--yes', '--json', '--', '--global'], cwd);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).errors).toMatchObject([{ code: 'PLUGIN_SPEC_OPTION' }]);
    expect(contentsOf(cwd)).toEqual(before);
  });

  test('anything, where there is nobody to ask', async () => {
    const { exitCode, stderr } = await run(['plugins:install', confirm], cwd);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('could not verify: the registry gives neither signature nor provenance');
    expect(stderr).toContain('PLUGIN_UNCONFIRMED');
    expect(contentsOf(cwd)).toEqual(before);
  });
});

describe('a plugin that fails after it was installed leaves everything as it was', () => {
  const cases: [title: string, variation: Parameters<typeof confirmPlugin>[0], code: string][] = [
    [
      'it has another kind than it promised',
      { change: { cdkpipePlugin: { api: 1, kinds: ['other'] } } },
      'PLUGIN_MANIFEST_DISAGREES',
    ],
    ['it throws when it is loaded', { code: "throw new Error('boom');" }, 'PLUGIN_NOT_LOADED'],
    ['it calls itself otherwise', { calledIn: '@acme/cdkpipe-plugin-alias' }, 'PLUGIN_NAME_DIFFERS'],
    ['its import ends the process', { code: 'process.reallyExit(0);' }, 'PLUGIN_EXITED'],
    ['its import computes without an end', { code: 'for (;;) {}' }, 'PLUGIN_LOAD_TIMED_OUT'],
  ];

  test.each(cases)('%s', async (_, variation, code) => {
    const name = `@acme/cdkpipe-plugin-${code.toLowerCase().replaceAll('_', '-')}`;
    await registry.publish(confirmPlugin({ ...variation, name }));
    const cwd = makeProject();
    const before = contentsOf(cwd);
    const { exitCode, stdout } = await run(['plugins:install', name, '--yes', '--json'], cwd, {
      env: { CDKPIPE_PLUGIN_TIMEOUT: '5' },
    });
    expect(exitCode, stdout).toBe(3);
    expect(JSON.parse(stdout).errors[0]).toMatchObject({ code });
    expect(contentsOf(cwd)).toEqual(before);
  });

  test('it would take the place of a command of ours, which only its code says', async () => {
    const name = '@acme/cdkpipe-plugin-thief';
    const oclif = { commands: { strategy: 'explicit', target: './commands.js', identifier: 'default' } };
    const code =
      "import { Command } from '@oclif/core';\nexport default { plan: class extends Command { async run() {} } };\n";
    await registry.publish(reportPlugin({ change: { name, oclif }, files: { 'commands.js': code } }));
    const cwd = makeProject();
    const before = contentsOf(cwd);
    const { exitCode, stdout } = await install(name, cwd);
    expect(exitCode, stdout).toBe(3);
    expect(JSON.parse(stdout).errors).toContainEqual(expect.objectContaining({ code: 'PLUGIN_COMMAND_TAKEN' }));
    expect(contentsOf(cwd)).toEqual(before);
  });

  test('it is interrupted', async () => {
    const name = '@acme/cdkpipe-plugin-slow';
    const code = "console.error('loading'); await new Promise((resolve) => setTimeout(resolve, 20_000));";
    await registry.publish(confirmPlugin({ name, code }));
    const cwd = makeProject();
    const before = contentsOf(cwd);
    const outcome = await run(['plugins:install', name, '--yes', '--json'], cwd, {
      onStderr: (text, kill) => text.includes('loading') && kill('SIGINT'),
    });
    expect(outcome.exitCode, outcome.stderr).toBe(130);
    const after = contentsOf(cwd);
    for (const file of Object.keys(after)) if (file.startsWith('node_modules/')) delete after[file];
    expect(after).toEqual(before);
  });
});

describe('what the project has is refused before anything is installed', () => {
  const other = '@acme/cdkpipe-plugin-other';
  const command = "import { Command } from '@oclif/core';\nexport default class extends Command { async run() {} }\n";
  const bringing = (cdkpipePlugin: object) =>
    confirmPlugin({ name: other, change: { cdkpipePlugin: { api: 1, ...cdkpipePlugin } } });
  let cwd: string;
  let before: Record<string, string>;
  beforeAll(async () => {
    cwd = makeProject();
    for (const name of [confirm, report]) expect(await install(name, cwd)).toMatchObject({ exitCode: 0 });
    before = contentsOf(cwd);
  });

  test.each([
    ['a kind of another plugin', bringing({ kinds: ['confirm'] }), 'KIND_TAKEN', confirm],
    ['a backend of ours', bringing({ backends: ['local'] }), 'BACKEND_TAKEN', '@cdkpipe/backend-local'],
    [
      'a command of another plugin',
      reportPlugin({ change: { name: other }, files: { 'commands/report/last.js': command } }),
      'PLUGIN_COMMAND_TAKEN',
      report,
    ],
    [
      'a command of ours',
      reportPlugin({ change: { name: other }, files: { 'commands/report/last.js': '', 'commands/plan.js': command } }),
      'PLUGIN_COMMAND_TAKEN',
      'cdkpipe',
    ],
  ])('%s', async (_, files, code, holder) => {
    writeFileSync(join(cwd, 'other.tgz'), packed(files));
    const { exitCode, stdout } = await install('./other.tgz', cwd, '--allow');
    expect(exitCode, stdout).toBe(2);
    expect(JSON.parse(stdout).errors).toContainEqual(
      expect.objectContaining({
        code,
        plugin: other,
        message: expect.stringMatching(new RegExp(`by ${holder}$|that ${holder} `)),
      }),
    );
    rmSync(join(cwd, 'other.tgz'));
    expect(contentsOf(cwd)).toEqual(before);
  });
});

describe('an update', () => {
  const moving = '@acme/cdkpipe-plugin-moving';
  const version = (number: string, code = '', change = {}) =>
    confirmPlugin({ name: moving, version: number, code, change });

  test('whose import ends the process leaves everything as it was, node_modules too', async () => {
    await registry.publish(version('1.0.0'));
    const cwd = makeProject();
    expect(await install(moving, cwd)).toMatchObject({ exitCode: 0 });
    const before = contentsOf(cwd);
    const ways: [version: string, code: string, fault: string][] = [
      ['1.1.0', 'process.exit(0);', 'PLUGIN_EXITED'],
      ['1.2.0', 'process.reallyExit(0);', 'PLUGIN_EXITED'],
      ['1.3.0', "process.kill(process.pid, 'SIGKILL');", 'PLUGIN_EXITED'],
      ['1.4.0', 'for (;;);', 'PLUGIN_LOAD_TIMED_OUT'],
      ['1.5.0', "throw new Error('boom');", 'PLUGIN_NOT_LOADED'],
    ];
    for (const [number, code, fault] of ways) {
      await registry.publish(version(number, code));
      const env = { CDKPIPE_PLUGIN_TIMEOUT: '5' };
      const { exitCode, stdout } = await run(['plugins:update', `${moving}@${number}`, '--yes', '--json'], cwd, {
        env,
      });
      expect(exitCode, stdout).toBe(3);
      expect(JSON.parse(stdout).errors).toMatchObject([{ code: fault, plugin: moving, version: number }]);
      expect(contentsOf(cwd)).toEqual(before);
    }
  });

  test('says where node_modules could not be brought back', async () => {
    const gone = '@acme/cdkpipe-plugin-gone';
    const files = (number: string, code = '') => confirmPlugin({ name: gone, version: number, code });
    await registry.publish(files('1.0.0'));
    const cwd = makeProject();
    expect(await install(gone, cwd)).toMatchObject({ exitCode: 0 });
    await registry.publish(files('1.1.0', 'process.exit(0);'));
    registry.tamper('cdkpipe-plugin-gone-1.0.0');
    const env = { npm_config_cache: join(cwd, '.npm-empty'), npm_config_fetch_retries: '0' };
    const { stdout } = await run(['plugins:update', gone, '--yes', '--json'], cwd, { env });
    expect(JSON.parse(stdout).errors).toMatchObject([
      { code: 'PLUGIN_EXITED' },
      { code: 'MODULES_NOT_RESTORED', fix: expect.stringContaining('npm ci') },
    ]);
  });

  test('never goes back, unless the version is named', async () => {
    const tagged = '@acme/cdkpipe-plugin-tagged';
    for (const number of ['2.0.0', '1.0.0']) await registry.publish(confirmPlugin({ name: tagged, version: number }));
    const cwd = makeProject();
    expect(await install(`${tagged}@2.0.0`, cwd)).toMatchObject({ exitCode: 0 });
    const before = contentsOf(cwd);
    const update = async (spec: string) => {
      const { exitCode, stdout } = await run(['plugins:update', spec, '--yes', '--json'], cwd);
      return { exitCode, ...JSON.parse(stdout) };
    };
    expect(await update(tagged)).toMatchObject({
      exitCode: 0,
      plugins: [],
      upToDate: [tagged],
      warnings: [{ code: 'PLUGIN_AHEAD_OF_LATEST', fix: expect.stringContaining(`${tagged}@1.0.0`) }],
    });
    for (const spec of [`${tagged}@latest`, `${tagged}@^1.0.0`])
      expect(await update(spec)).toMatchObject({ exitCode: 2, errors: [{ code: 'PLUGIN_UPDATE_BACKWARDS' }] });
    expect(contentsOf(cwd)).toEqual(before);
    const back = await run(['plugins:update', `${tagged}@1.0.0`, '--yes'], cwd);
    expect(back).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('2.0.0 → 1.0.0, an earlier version') });
    expect(JSON.parse(read(cwd, 'cdkpipe.lock.json')).plugins[tagged].version).toBe('1.0.0');
  });

  test('marks the hooks and commands that the version before did not have', async () => {
    const growing = '@acme/cdkpipe-plugin-growing';
    const hooks = (names: string[]) => ({
      'index.js': `export default { name: '${growing}', api: 1, hooks: { ${names.map((name) => `${name}: () => {}`)} } };\n`,
    });
    const change = (number: string, names: string[]) => ({
      ...{ name: growing, version: number },
      cdkpipePlugin: { api: 1, hooks: names },
    });
    const command = "import { Command } from '@oclif/core';\nexport default class extends Command { async run() {} }\n";
    await registry.publish(reportPlugin({ change: change('1.0.0', ['plan']), files: hooks(['plan']) }));
    const cwd = makeProject();
    expect(await install(growing, cwd)).toMatchObject({ exitCode: 0 });
    await registry.publish(
      reportPlugin({
        change: change('1.1.0', ['plan', 'emit']),
        files: { ...hooks(['plan', 'emit']), 'commands/report/send.js': command },
      }),
    );
    const asked = await run(['plugins:update', growing], cwd);
    expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('PLUGIN_UNCONFIRMED') });
    expect(asked.stderr).toMatch(/hooks +plan, emit \(new\)/);
    expect(asked.stderr).toMatch(/commands +report:last, report:send \(new\)/);
    const updated = await run(['plugins:update', growing, '--yes', '--json'], cwd);
    expect(JSON.parse(updated.stdout).plugins).toMatchObject([
      { from: '1.0.0', added: { kinds: [], hooks: ['emit'], commands: ['report:send'] } },
    ]);
  });
});

test('a plugin brings commands, which are listed and run in its project only, and cannot replace ours', async () => {
  const cwd = makeProject();
  expect(await install(report, cwd)).toMatchObject({ exitCode: 0 });
  const command =
    "import { Command } from '@oclif/core';\nexport default class extends Command { async run() { this.log('stolen'); } }\n";
  writeFileSync(join(cwd, 'node_modules', report, 'commands/plan.js'), command);
  const [ran, help, plan, elsewhere] = [
    await run(['report:last'], cwd),
    await run(['--help'], cwd),
    await run(['plan'], cwd),
    await run(['report:last'], makeProject()),
  ];
  expect(ran).toEqual({ exitCode: 0, stdout: 'the last report\n', stderr: '' });
  expect(help.stdout).toMatch(/^ {2}report/m);
  expect(plan.stdout).toContain('shop on codepipeline');
  expect(elsewhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('COMMAND_UNKNOWN') });
});

test('drift is told by default, and refused with --frozen', async () => {
  const cwd = makeProject();
  expect(await install(`${confirm}@1.0.0`, cwd)).toMatchObject({ exitCode: 0 });
  const lock = read(cwd, 'cdkpipe.lock.json');
  const frozen = async () => JSON.parse((await run(['plan', '--frozen', '--json'], cwd)).stdout).errors;
  const drifts: [find: RegExp, by: string, message: string][] = [
    [/"version": "1.0.0"/, '"version": "0.9.0"', 'the version of'],
    [/"sha512-.*?"/, '"sha512-AAAA"', 'the integrity of'],
    [/"api": 1/, '"api": 2', 'the api of'],
  ];
  for (const [find, by, message] of drifts) {
    writeFileSync(join(cwd, 'cdkpipe.lock.json'), lock.replace(find, by));
    expect(await frozen()).toMatchObject([{ code: 'PLUGIN_DRIFTED', message: expect.stringContaining(message) }]);
  }
  const told = await run(['synth', '--quiet', '--no-validate'], cwd);
  expect(told).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('the api of') });
  writeFileSync(join(cwd, 'cdkpipe.lock.json'), '{ "lockVersion": 1, "plugins": {} }');
  expect(await frozen()).toMatchObject([{ code: 'PLUGIN_NOT_LOCKED', plugin: confirm }]);
  expect(await run(['plugins:install'], cwd)).toMatchObject({ exitCode: 0 });
  expect(read(cwd, 'cdkpipe.lock.json')).toBe(lock);
});

test('a plugin whose steps the definition still has is not uninstalled', async () => {
  const cwd = makeProject();
  expect(await install(confirm, cwd)).toMatchObject({ exitCode: 0 });
  const used = read(cwd, 'cdkpipe.config.ts')
    .replace('import confirmPlugin from', 'import plugin, { confirm } from')
    .replace('plugins: [confirmPlugin', "sure: confirm('Sure'), plugins: [plugin");
  writeFileSync(join(cwd, 'cdkpipe.config.ts'), used);
  const { exitCode, stderr } = await run(['plugins:uninstall', confirm], cwd);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/PLUGIN_IN_USE/) });
  expect(read(cwd, 'cdkpipe.config.ts')).toBe(used);

  const byName = config.replace(
    'stacks: (stage)',
    "approvals: [{ kind: 'confirm', name: 'Sure' }],\n        stacks: (stage)",
  );
  writeFileSync(join(cwd, 'cdkpipe.config.ts'), byName.replace('plugins: [', `plugins: ['${confirm}'`));
  const gone = await run(['plugins:uninstall', confirm, '--json'], cwd);
  const line = byName.split('\n').findIndex((text) => text.includes("kind: 'confirm'")) + 1;
  expect(JSON.parse(gone.stdout).warnings).toMatchObject([
    { code: 'PLUGIN_KIND_IN_USE', plugin: confirm, location: `cdkpipe.config.ts:${line}` },
  ]);
});

test('a tarball comes in with --allow only, and the lock says what it is and where it came from', async () => {
  const cwd = makeProject();
  writeFileSync(join(cwd, 'confirm.tgz'), packed(confirmPlugin()));
  const refusal = JSON.parse((await install('./confirm.tgz', cwd)).stdout);
  expect(refusal.errors).toMatchObject([{ code: 'PLUGIN_SPEC_NOT_ALLOWED' }]);
  const installed = await install('./confirm.tgz', cwd, '--allow');
  expect(installed.exitCode, installed.stdout + installed.stderr).toBe(0);
  expect(JSON.parse(installed.stdout).plugins).toMatchObject([{ name: confirm, version: '1.0.0', kinds: ['confirm'] }]);
  expect(JSON.parse(read(cwd, 'cdkpipe.lock.json')).plugins[confirm]).toMatchObject({
    version: '1.0.0',
    integrity: expect.stringMatching(/^sha512-/),
    source: expect.stringContaining('confirm.tgz'),
  });
  const synth = await run(['synth', '--frozen', '--json', '--no-validate'], cwd);
  expect(synth.exitCode, synth.stdout).toBe(0);
});

describe('from git', () => {
  const commit = (files: Record<string, string>): { repository: string; sha: string } => {
    const repository = makeDirectory(files);
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.com', ...args], {
        cwd: repository,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'one');
    git('tag', 'v1.0.0');
    return { repository, sha: git('rev-parse', 'HEAD') };
  };

  test.each(['npm@11.0.0', 'pnpm@10.34.8', 'yarn@1.22.22'])(
    'a plugin comes in with --allow by %s, and the lock names its commit',
    async (manager) => {
      const { repository, sha } = commit(confirmPlugin());
      const cwd = makeProject(manager);
      const installed = await install(`git+file://${repository}#v1.0.0`, cwd, '--allow');
      expect(installed.exitCode, installed.stdout + installed.stderr).toBe(0);
      expect(JSON.parse(read(cwd, 'cdkpipe.lock.json')).plugins[confirm]).toMatchObject({
        version: '1.0.0',
        source: expect.stringContaining(sha),
      });
      expect(read(cwd, 'package.json')).toContain(sha);
      expect(await run(['synth', '--frozen', '--quiet', '--no-validate'], cwd)).toMatchObject({ exitCode: 0 });
    },
  );

  test.each(['prepare', 'build', 'postinstall'])(
    'a repository with the script %s is refused, as package managers would run code of it, and none runs',
    async (script) => {
      const canary = join(makeDirectory({}), 'canary');
      const scripts = { [script]: `node -e "require('fs').writeFileSync('${canary}', '')"` };
      const { repository } = commit(confirmPlugin({ change: { scripts } }));
      const cwd = makeProject();
      const before = contentsOf(cwd);
      const { exitCode, stdout } = await install(`git+file://${repository}`, cwd, '--allow');
      expect(exitCode, stdout).toBe(2);
      expect(JSON.parse(stdout).errors).toMatchObject([
        { code: 'PLUGIN_INSTALL_SCRIPTS', message: expect.stringContaining(script) },
      ]);
      expect([existsSync(canary), contentsOf(cwd)]).toEqual([false, before]);
    },
  );

  test.each([
    ['a repository that is not there', 'git+file:///nowhere/at/all', 'PLUGIN_SOURCE_UNREADABLE'],
    ['a tarball that is not there', './nowhere.tgz', 'PLUGIN_SOURCE_UNREADABLE'],
    ['a directory, which would be linked', './plugin', 'PLUGIN_SPEC_DIRECTORY'],
  ])('%s is refused with the reason', async (_, spec, code) => {
    const cwd = makeProject('npm@11.0.0', { 'plugin/package.json': '{}' });
    const { exitCode, stdout } = await install(spec, cwd, '--allow');
    expect(exitCode, stdout).toBe(2);
    expect(JSON.parse(stdout).errors).toMatchObject([{ code }]);
  });
});

describe('a plugin under development', () => {
  test.each([
    ['npm@11.0.0', 'file:'],
    ['pnpm@10.34.8', 'link:'],
    ['yarn@1.22.22', 'link:'],
  ])('is linked by %s, is refused when frozen, and gives way to a published version', async (manager, protocol) => {
    const plugin = makeDirectory(confirmPlugin({ version: '0.0.1' }));
    const cwd = makeProject(manager);
    const linked = await run(['plugins:link', plugin, '--json'], cwd);
    expect(linked.exitCode, linked.stdout + linked.stderr).toBe(0);
    const path = `../${basename(plugin)}`;
    expect(JSON.parse(linked.stdout).plugin).toMatchObject({ name: confirm, version: '0.0.1', linked: path });
    expect(JSON.parse(read(cwd, 'package.json')).devDependencies).toEqual({ [confirm]: `${protocol}${path}` });
    expect(read(cwd, 'cdkpipe.config.ts')).toContain('plugins: [confirmPlugin');
    expect(JSON.parse(read(cwd, 'cdkpipe.lock.json')).plugins).toEqual({ [confirm]: { linked: path, api: 1 } });
    expect(realpathSync(join(cwd, 'node_modules', confirm))).toBe(plugin);

    const synth = async (...flags: string[]) => {
      const { exitCode, stdout } = await run(['synth', '--json', '--no-validate', ...flags], cwd);
      const { errors, warnings } = JSON.parse(stdout);
      return [exitCode, ...[...errors, ...warnings].map(({ code }: { code: string }) => code)];
    };
    expect(await synth()).toEqual([0]);
    expect(await synth('--frozen')).toEqual([2, 'PLUGIN_LINKED']);
    expect(await synth('--frozen', '--allow-linked')).toEqual([0]);
    const listed = await run(['plugins', '--json'], cwd);
    expect(JSON.parse(listed.stdout).plugins).toMatchObject([{ name: confirm, state: 'linked' }]);
    const updated = await run(['plugins:update', confirm, '--yes', '--json'], cwd);
    expect(JSON.parse(updated.stdout).errors).toMatchObject([{ code: 'PLUGIN_LINKED' }]);
    expect(await run(['plugins:update', '--yes'], cwd)).toMatchObject({ exitCode: 0 });

    const installed = await install(`${confirm}@1.0.0`, cwd);
    expect(installed.exitCode, installed.stdout + installed.stderr).toBe(0);
    expect(JSON.parse(read(cwd, 'cdkpipe.lock.json')).plugins[confirm]).toMatchObject({ version: '1.0.0' });
    expect(await synth('--frozen')).toEqual([0]);
    writeFileSync(
      join(cwd, 'cdkpipe.lock.json'),
      JSON.stringify({ lockVersion: 1, plugins: { [confirm]: { linked: path, api: 1 } } }),
    );
    expect(await synth()).toEqual([0, 'PLUGIN_DRIFTED']);
    const gone = await run(['plugins:uninstall', confirm], cwd);
    expect(gone.exitCode, gone.stderr).toBe(0);
    expect(read(cwd, 'cdkpipe.config.ts')).toBe(config);
    expect(existsSync(join(plugin, 'package.json'))).toBe(true);
  });

  test.each([
    ['a directory without a package', {}, 2, 'PLUGIN_LINK_NO_PACKAGE'],
    ['a package that is no plugin', packageOf({ name: 'other' }), 2, 'PLUGIN_MANIFEST_MISSING'],
    ['a plugin that throws', confirmPlugin({ code: "throw new Error('no');" }), 3, 'PLUGIN_NOT_LOADED'],
    [
      'a plugin that is not built',
      confirmPlugin({ change: { exports: { '.': './dist/index.js', './package.json': './package.json' } } }),
      3,
      'PLUGIN_NOT_LOADED',
    ],
  ])('%s is refused, and all is as before', async (_, files, exitCode, code) => {
    const cwd = makeProject();
    const before = contentsOf(cwd);
    const outcome = await run(['plugins:link', makeDirectory(files), '--json'], cwd);
    expect([outcome.exitCode, JSON.parse(outcome.stdout).errors[0].code]).toEqual([exitCode, code]);
    expect(contentsOf(cwd)).toEqual(before);
  });
});

test.each([
  ['npm@11.0.0', 'package-lock.json'],
  ['pnpm@10.34.8', 'pnpm-lock.yaml'],
  ['yarn@1.22.22', 'yarn.lock'],
])(
  'in a workspace of %s a plugin is added to its member, and to the lock file of the root',
  async (manager, lockFile) => {
    const root = makeProject(manager, {
      'package.json': JSON.stringify({
        name: 'root',
        private: true,
        packageManager: manager,
        ...(manager.startsWith('pnpm') ? {} : { workspaces: ['apps/*'] }),
      }),
      ...(manager.startsWith('pnpm') ? { 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n' } : {}),
      'apps/shop/package.json': JSON.stringify({ name: 'shop', version: '1.0.0', private: true }),
      'apps/shop/cdkpipe.config.ts': config,
    });
    const cwd = join(root, 'apps/shop');
    const rootBefore = ['package.json', 'cdkpipe.config.ts'].map((file) => read(root, file));
    const installed = await install(`${confirm}@1.0.0`, cwd);
    expect(installed.exitCode, installed.stdout + installed.stderr).toBe(0);
    expect(JSON.parse(read(cwd, 'package.json'))).toMatchObject({ devDependencies: { [confirm]: '1.0.0' } });
    expect(read(cwd, 'cdkpipe.config.ts')).toContain('plugins: [confirm');
    expect(['package.json', 'cdkpipe.config.ts'].map((file) => read(root, file))).toEqual(rootBefore);
    expect(read(root, lockFile)).toContain(confirm);
    expect(existsSync(join(cwd, lockFile))).toBe(false);
    expect(JSON.parse(read(cwd, 'cdkpipe.lock.json')).plugins[confirm]).toMatchObject({
      version: '1.0.0',
      integrity: expect.stringMatching(/^sha512-/),
    });
    expect(await run(['synth', '--frozen', '--quiet', '--no-validate'], cwd)).toMatchObject({ exitCode: 0 });
    expect(await run(['plugins:uninstall', confirm], cwd)).toMatchObject({ exitCode: 0 });
    expect([read(cwd, 'package.json').includes(confirm), read(cwd, 'cdkpipe.config.ts')]).toEqual([false, config]);
    for (const directory of [root, cwd]) expect(existsSync(join(directory, 'node_modules', confirm))).toBe(false);
  },
);
