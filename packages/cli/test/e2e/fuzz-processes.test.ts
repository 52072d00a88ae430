/** Hostile files in a process of their own, which ends in time, in words, with a bounded memory and without half a result. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

/** Prints the largest memory of the process in KiB, as the system counted it. */
const measured = `data:text/javascript,${encodeURIComponent(
  "process.once('exit', () => process.stderr.write('\\nRSS=' + process.resourceUsage().maxRSS + '\\n'))",
)}`;
/** The process of an ordinary synth takes 350 MiB. */
const mostMiB = 800;

const json = JSON.stringify;
const aliases = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`);
const own = (before: string, override: string) => ({ 'cdkpipe.config.ts': definition({ before, override }) });
const plugin = (text: string) => own('', `plugins: [${text}],`);
const kind = (lower: string) =>
  own(
    `const gated = deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, stacks: (stage) => { new Topic(new Stack(stage, 'Shop'), 'Topic'); }, approvals: [{ kind: 'odd', name: 'X' }] });`,
    `plugins: [{ name: 'odd', api: 1, kinds: [{ name: 'odd', summary: 'x', lower: ${lower} }] }], waves: [wave('Beta', [gated])],`,
  );

test.each<[string, Record<string, string>, number, string]>([
  ['JSON of 20 MB', { 'cdkpipe.config.json': json({ name: 'x'.repeat(2e7) }) }, 2, 'NAME_INVALID'],
  [
    'JSON of 300,000 keys',
    { 'cdkpipe.config.json': json({ waves: Object.fromEntries(Array.from({ length: 3e5 }, (_, i) => [`k${i}`, i])) }) },
    2,
    'DEFINITION_TOO_LARGE',
  ],
  [
    'JSON of a million levels',
    { 'cdkpipe.config.json': `${'['.repeat(1e6)}${']'.repeat(1e6)}` },
    2,
    'DEFINITION_TOO_DEEP',
  ],
  [
    'YAML whose aliases multiply',
    { 'cdkpipe.config.yaml': `l0: &l0 [lol]\n${aliases.join('\n')}\n` },
    2,
    'DEFINITION_TOO_LARGE',
  ],
  ['a definition that everybody inherits from', own('Object.prototype.approvals = [];', ''), 2, 'BUILT_INS_CHANGED'],
  [
    'instances that hold a circle',
    own('class A {} const a = new A(); a.a = a;', "waves: [a, wave('Beta', [])],"),
    2,
    'VALUE_INVALID',
  ],
  ['a plugin that answers nothing', plugin("new Proxy({}, { get() { throw new Error('no'); } })"), 3, 'PLUGIN_INVALID'],
  [
    'a kind that lowers to a million steps',
    kind("() => Array.from({ length: 1e6 }, (_, i) => ({ kind: 'odd', name: 'X' + i }))"),
    3,
    'DEFINITION_TOO_LARGE',
  ],
])(
  '%s',
  async (_, files, exitCode, code) => {
    const cwd = makeDirectory(files);
    const { NODE_OPTIONS = '' } = process.env;
    const env = { NODE_OPTIONS: `${NODE_OPTIONS} --import=${measured}` };
    const result = await runCdkpipe(['synth', '--no-validate'], { cwd, env });
    expect(result.stderr).toContain(code);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).not.toMatch(/INTERNAL_FAULT|UNREACHABLE|^ +at .+:\d+:\d+\)?$/m);
    expect(Number(/RSS=(\d+)/.exec(result.stderr)?.[1]) / 1024).toBeLessThan(mostMiB);
    expect(existsSync(join(cwd, 'cdk.out', 'manifest.json'))).toBe(false);
  },
  30_000,
);
