import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDefinition } from '../loading/load-definition.ts';
import { makeProject, refusalOf } from '../loading/project.test.fixture.ts';
import { checkReleases, isInRange, supportedCdk } from './supported-releases.ts';

interface Releases {
  readonly cdk: string;
  readonly constructs: string;
  readonly wanted?: string;
}

/** A project whose definition would leave a mark if it were run. */
const projectWith = ({ cdk, constructs, wanted }: Releases) =>
  makeProject(
    {
      'cdkpipe.config.js': `globalThis.definitionRan = true; export default {};`,
      'node_modules/aws-cdk-lib/package.json': JSON.stringify({
        version: cdk,
        ...(wanted === undefined ? {} : { peerDependencies: { constructs: wanted } }),
      }),
      'node_modules/aws-cdk-lib/index.js': '',
      'node_modules/constructs/package.json': JSON.stringify({ version: constructs }),
      'node_modules/constructs/index.js': '',
    },
    { cdk: false },
  );

it.each(['1.204.0', '2.0.0', '2.162.1', '3.0.0'])(
  'refuses aws-cdk-lib %s before the definition runs, and says what to install',
  async (cdk) => {
    const directory = projectWith({ cdk, constructs: '10.4.2' });
    expect(await refusalOf(() => loadDefinition({ cwd: directory }))).toMatchObject({
      code: 'CDK_VERSION_UNSUPPORTED',
      message: `aws-cdk-lib ${cdk} in ${realpathSync(directory)}/node_modules/aws-cdk-lib is not supported: cdkpipe requires ^2.163.0`,
      fix: 'install a supported release in the project: npm install aws-cdk-lib@^2.163.0',
    });
    expect(globalThis).not.toHaveProperty('definitionRan');
  },
);

it('refuses constructs that the release of aws-cdk-lib does not work with', async () => {
  const directory = projectWith({ cdk: '2.276.0', constructs: '10.4.2', wanted: '^10.5.0' });
  expect(await refusalOf(() => loadDefinition({ cwd: directory }))).toMatchObject({
    code: 'CONSTRUCTS_VERSION_UNSUPPORTED',
    message: 'constructs 10.4.2 does not work with aws-cdk-lib 2.276.0, which requires constructs ^10.5.0',
    fix: 'install a release that it works with: npm install constructs@^10.5.0',
  });
});

it.each<Releases>([
  { cdk: '2.163.0', constructs: '10.0.0', wanted: '^10.0.0' },
  { cdk: '2.276.0', constructs: '10.8.1', wanted: '^10.5.0' },
  { cdk: '2.999.0-rc.1', constructs: '10.5.0', wanted: '*' },
])('accepts aws-cdk-lib $cdk with constructs $constructs', (releases) => {
  expect(checkReleases(projectWith(releases))).toEqual([]);
});

it('leaves a project without the CDK to whoever needs the CDK', () => {
  expect(checkReleases(makeProject({}, { cdk: false }))).toEqual([]);
});

it.each([
  ['2.163.0', true],
  ['2.163.1', true],
  ['2.1000.0', true],
  ['2.162.9', false],
  ['12.163.0', false],
])('%s is in ^2.163.0: %s', (version, expected) => {
  expect(isInRange(version, '^2.163.0')).toBe(expected);
});

it('is the range that every package has as its peer', () => {
  const packages = join(import.meta.dirname, '../../..');
  const ranges = readdirSync(packages).map((name) => {
    const manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
    return manifest.peerDependencies?.['aws-cdk-lib'];
  });
  expect(new Set(ranges)).toEqual(new Set([undefined, supportedCdk]));
});
