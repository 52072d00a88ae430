/** The oldest release of aws-cdk-lib that is supported, one in the middle, and this repository's: all emit the same pipeline. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { everyKind } from './every-kind.test.fixture.ts';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

interface Releases {
  readonly cdk: string;
  readonly constructs: string;
}

const older: readonly Releases[] = [
  { cdk: '2.163.0', constructs: '10.0.0' },
  { cdk: '2.229.0', constructs: '10.4.2' },
];

const cache = fileURLToPath(new URL('../../../../node_modules/.cache/cdk-versions/', import.meta.url));
const require = createRequire(import.meta.url);

/** Packages of one release, installed once from the registry and kept, as each takes 60 MB. */
function installed({ cdk, constructs }: Releases): string {
  const directory = join(cache, cdk);
  if (existsSync(directory)) return join(directory, 'node_modules');
  const fresh = `${directory}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const packages = [`aws-cdk-lib@${cdk}`, `constructs@${constructs}`];
  const options = [
    '--prefix',
    fresh,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--prefer-offline',
  ];
  execFileSync('npm', ['install', ...options, ...packages], { cwd: fresh, stdio: 'pipe' });
  renameSync(fresh, directory);
  return join(directory, 'node_modules');
}

/** A project with that CDK and the built packages of this repository. */
function projectWith(modules: string, files = everyKind()): string {
  const project = makeDirectory(files);
  mkdirSync(join(project, 'node_modules/@cdkpipe'), { recursive: true });
  for (const name of ['aws-cdk-lib', 'constructs'])
    symlinkSync(join(modules, name), join(project, 'node_modules', name));
  const packages = fileURLToPath(new URL('../../../', import.meta.url));
  for (const name of readdirSync(packages))
    symlinkSync(join(packages, name), join(project, 'node_modules/@cdkpipe', name));
  return project;
}

interface Emitted {
  readonly project: string;
  readonly report: { readonly gates: readonly string[]; readonly warnings: readonly { readonly code: string }[] };
  readonly plan: object;
  /** Templates of the pipeline's own stacks, by file. */
  readonly templates: Readonly<Record<string, string>>;
}

async function emit(modules: string): Promise<Emitted> {
  const project = projectWith(modules);
  const read = async (...args: string[]) => {
    const outcome = await runCdkpipe([...args, '--json'], { cwd: project });
    expect(outcome.exitCode, outcome.stdout + outcome.stderr).toBe(0);
    return JSON.parse(outcome.stdout);
  };
  const report = await read('synth');
  const { file: _, warnings: __, ...plan } = await read('plan');
  const assembly = join(project, 'cdk.out');
  const files = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  const templates = Object.fromEntries(files.map((file) => [file, readFileSync(join(assembly, file), 'utf8')]));
  return { project, report, plan, templates };
}

let expected: Emitted;
beforeAll(async () => {
  expected = await emit(dirname(dirname(require.resolve('aws-cdk-lib/package.json'))));
}, 300_000);

test('the newest release emits every kind of gate, in stacks of three environments', () => {
  expect(expected.report.gates).toEqual([
    'Beta/Smoke',
    'Beta/Latency',
    'Prod:before/Hours',
    'ProdEu/Review',
    'ProdEu/Security',
    'ProdEu/Bake',
    'ProdUs/Done',
  ]);
  expect(Object.keys(expected.templates)).toHaveLength(4);
});

describe.each(older)('aws-cdk-lib $cdk with constructs $constructs', (releases) => {
  let emitted: Emitted;
  beforeAll(async () => {
    emitted = await emit(installed(releases));
  }, 600_000);

  test('emits the same pipeline, byte for byte, with the same gates and the same graph of actions', () => {
    expect(emitted.templates).toEqual(expected.templates);
    expect(emitted.report.gates).toEqual(expected.report.gates);
    expect(emitted.plan).toEqual(expected.plan);
  });

  test('says that it has no validator', () => {
    expect(emitted.report.warnings.map(({ code }) => code)).toContain('VALIDATION_SKIPPED');
  });

  test('is rehearsed from the assembly that it wrote, up to the check that needs an output', async () => {
    const { stdout } = await runCdkpipe(['run', '--rehearse', '--skip-build', '--json'], { cwd: emitted.project });
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const ended = events.filter(({ type, outcome }) => type === 'actionEnded' && outcome === 'succeeded');
    expect(ended.map(({ node }) => node)).toContain('Beta/Api:execute');
    expect(events.at(-2)).toMatchObject({
      type: 'runEnded',
      reason: expect.stringContaining('REHEARSED_OUTPUT_MISSING'),
    });
  });

  test("reports what the author's validation plugins find", async () => {
    const plugin = `{ name: 'Acme', version: '1', validate: ({ templatePaths: [templatePath] }) => ({
      success: false,
      violations: [{ ruleName: 'names', description: 'a name', severity: 'error',
        violatingResources: [{ resourceLogicalId: 'Bucket83908E77', templatePath, locations: ['Properties/Name'] }] }],
    }) }`;
    const project = projectWith(installed(releases), everyKind(`stacks: checked(${plugin})`));
    const file = join(project, 'cdkpipe.config.ts');
    const checked =
      'const checked = (plugin) => (stage) => { stage.policyValidationBeta1.push(plugin); orders(stage); };';
    const text = readFileSync(file, 'utf8').replace('const url =', `${checked}\nconst url =`);
    writeFileSync(file, text);
    const { exitCode, stdout } = await runCdkpipe(['synth', '--json'], { cwd: project });
    expect(JSON.parse(stdout).errors).toMatchObject([
      { code: 'POLICY_VIOLATED', message: '"Beta/Data/Bucket/Resource" violates the rule names of Acme: a name' },
    ]);
    expect(exitCode).toBe(2);
  });

  test('reads an assembly that a cdk app of this release wrote', async () => {
    const project = projectWith(installed(releases), everyKind("assembly: 'beta.out'"));
    cpSync(join(emitted.project, 'cdk.out/assembly-Beta'), join(project, 'beta.out'), { recursive: true });
    const outcome = await runCdkpipe(['plan', '--json'], { cwd: project });
    expect(outcome.exitCode, outcome.stdout + outcome.stderr).toBe(0);
    expect(JSON.parse(outcome.stdout)).toMatchObject(expected.plan);
  });
});
