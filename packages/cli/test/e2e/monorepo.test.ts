/** One definition in a monorepo is right on this machine and in AWS, with the real workspaces of npm, pnpm and yarn. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishOurs } from './published-packages.test.fixture.ts';
import { type Registry, startRegistry } from './registry.test.fixture.ts';
import { makeDirectory, type Outcome, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const tools = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url));
const env = { PATH: `${tools}${delimiter}${process.env.PATH}` };

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  await publishOurs(registry);
});
afterAll(() => registry.close());

interface Manager {
  readonly install: readonly [string, ...string[]];
  /** What the build in AWS runs. */
  readonly commands: readonly string[];
  readonly workspaces: Readonly<Record<string, string>>;
  readonly sibling: string;
}

const inManifest = { 'package.json': JSON.stringify({ name: 'acme', private: true, workspaces: ['packages/*'] }) };

const managers: Readonly<Record<string, Manager>> = {
  npm: {
    install: ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
    commands: ['npm clean-install --ignore-scripts --no-audit --no-fund', 'npm run synth --workspace packages/infra'],
    workspaces: inManifest,
    sibling: '*',
  },
  pnpm: {
    install: ['pnpm', 'install', '--ignore-scripts'],
    commands: ['pnpm install --frozen-lockfile --ignore-scripts', 'pnpm --filter ./packages/infra run synth'],
    workspaces: {
      'package.json': JSON.stringify({ name: 'acme', private: true }),
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    },
    sibling: 'workspace:*',
  },
  yarn: {
    install: ['yarn', 'install', '--ignore-scripts', '--non-interactive'],
    commands: ['yarn install --frozen-lockfile --ignore-scripts --non-interactive', 'yarn workspace @acme/infra synth'],
    workspaces: inManifest,
    sibling: '*',
  },
};

const infra = ({ commands }: Manager) => `
import { stacks } from '@acme/stacks';
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';

export default defineConfig({
  name: 'acme',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval],
  source: source.codeCommit('acme'),
  build: build({
    commands: ${JSON.stringify(['test -f packages/app/run.sh', ...commands])},
  }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks,
        approvals: [codebuild('Smoke', { commands: ['bash packages/app/run.sh'] })],
      }),
    ]),
  ],
});
`;

function makeMonorepo(manager: Manager): string {
  const root = makeDirectory({
    ...manager.workspaces,
    '.gitignore': 'node_modules\ncdk.out\n',
    // The CDK, a peer, is found in the repository around this one.
    '.npmrc': `registry=${registry.url}\nlegacy-peer-deps=true\nauto-install-peers=false\n`,
    'packages/app/run.sh': 'echo "smoked in $(basename "$PWD")"\n',
    'packages/stacks/package.json': JSON.stringify({
      name: '@acme/stacks',
      version: '1.0.0',
      type: 'module',
      exports: './stacks.ts',
    }),
    'packages/stacks/stacks.ts': `
      import { CfnOutput, Stack } from 'aws-cdk-lib';
      import { fileURLToPath } from 'node:url';
      export const stacks = (stage) => {
        const api = new Stack(stage, 'Api');
        new CfnOutput(api, 'Team', { value: String(stage.node.tryGetContext('team')) });
        new CfnOutput(api, 'From', { value: fileURLToPath(import.meta.url).replace(process.env.CODEBUILD_SRC_DIR ?? '', '') });
      };`,
    'packages/infra/package.json': JSON.stringify({
      name: '@acme/infra',
      version: '1.0.0',
      private: true,
      type: 'module',
      scripts: { synth: 'cdkpipe synth --no-validate' },
      devDependencies: {
        '@acme/stacks': manager.sibling,
        '@cdkpipe/cli': '0.1.0',
        '@cdkpipe/core': '0.1.0',
        '@cdkpipe/plugin-codebuild-approval': '0.1.0',
      },
    }),
    'packages/infra/cdk.json': JSON.stringify({ app: 'npx cdkpipe synth', context: { team: 'fulfilment' } }),
    'packages/infra/cdkpipe.config.ts': infra(manager),
  });
  execFileSync('git', ['init', '-q', '-b', 'main'], { cwd: root });
  return root;
}

/** Not `execFileSync`: the registry answers from this very process. */
async function runIn(cwd: string, [command, ...args]: readonly [string, ...string[]]): Promise<void> {
  const output: string[] = [];
  const exitCode = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)));
    child.once('error', reject).once('close', resolve);
  });
  expect(exitCode, output.join('')).toBe(0);
}

const installed = (root: string) => join(root, 'packages/infra/node_modules/@cdkpipe/cli/bin/run.js');
const hoisted = (root: string) => join(root, 'node_modules/@cdkpipe/cli/bin/run.js');

function cdkpipe(root: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const bin = existsSync(installed(root)) ? installed(root) : hoisted(root);
  return runCdkpipe(args, { cwd: join(root, 'packages/infra'), bin, env: { ...env, ...more } });
}

interface EmittedTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: { Source?: object } }>>;
}

const pipelineTemplate = (root: string) =>
  readFileSync(join(root, 'packages/infra/cdk.out/acme-pipeline.template.json'), 'utf8');

describe.each(Object.entries(managers))('in the workspaces of %s', (_, manager) => {
  let root: string;
  beforeAll(async () => {
    root = makeMonorepo(manager);
    await runIn(root, manager.install);
  });

  test('a rehearsal builds the whole repository at its root, by the commands of the pipeline in AWS', async () => {
    const { exitCode, stdout, stderr } = await cdkpipe(root, ['run', '--rehearse', '--json']);
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toContain('smoked in workspace');
    const [run = ''] = readdirSync(join(root, 'packages/infra/.cdkpipe/runs'));
    const sealed = join(root, 'packages/infra/.cdkpipe/runs', run, 'sealed/assembly-Beta');
    const [template = ''] = readdirSync(sealed).filter((file) => file.endsWith('.template.json'));
    const { Outputs } = JSON.parse(readFileSync(join(sealed, template), 'utf8'));
    // The flags of the `cdk.json` beside the definition count, and the sibling is the one of the copy.
    expect([Outputs.Team.Value, Outputs.From.Value]).toEqual(['fulfilment', '/packages/stacks/stacks.ts']);
    // Nothing of the working tree was written.
    expect(existsSync(join(root, 'packages/infra/cdk.out'))).toBe(false);
  });

  test('AWS takes the assembly from where the build writes it, and a build there makes the same pipeline', async () => {
    expect(await cdkpipe(root, ['synth', '--no-validate'])).toMatchObject({ exitCode: 0 });
    const here = pipelineTemplate(root);
    const { Resources } = JSON.parse(here) as EmittedTemplate;
    const buildSpecs = Object.values(Resources).map(({ Properties }) => JSON.stringify(Properties.Source ?? ''));
    expect(buildSpecs.join('\n')).toContain('packages/infra/cdk.out');

    // As CodeBuild has it: the files of a commit, without .git, in a workspace that a variable names.
    const workspace = makeDirectory();
    cpSync(root, workspace, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !/\/(\.git|\.cdkpipe|cdk\.out)$/.test(path),
    });
    const there = await cdkpipe(workspace, ['synth', '--no-validate'], { CODEBUILD_SRC_DIR: workspace });
    expect(there.exitCode, there.stderr).toBe(0);
    expect(there.stderr).not.toContain('OUTPUT_ELSEWHERE');
    expect(pipelineTemplate(workspace)).toBe(here);
  });
});

describe('an output that is not where the build writes', () => {
  let root: string;
  beforeAll(async () => {
    const manager = managers.npm as Manager;
    root = makeMonorepo(manager);
    await runIn(root, manager.install);
    const file = join(root, 'packages/infra/cdkpipe.config.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace('build({', "build({ output: 'cdk.out',"));
  });

  test('is found by a run on this machine, with what to write instead', async () => {
    const { exitCode, stdout } = await cdkpipe(root, ['run', '--rehearse', '--json']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the build has left one in \\"packages/infra/cdk.out\\"');
    expect(stdout).toContain('OUTPUT_ELSEWHERE');
  });

  test('is warned of in a build in AWS', async () => {
    rmSync(join(root, '.git'), { recursive: true });
    const outcome = await cdkpipe(root, ['synth', '--no-validate', '--json'], { CODEBUILD_SRC_DIR: root });
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      warnings: [{ code: 'OUTPUT_ELSEWHERE', path: 'build.output' }],
    });
  });
});
