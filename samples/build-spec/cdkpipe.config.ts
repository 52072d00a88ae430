// Parts of a buildspec: reports, variables, another version of Node.js.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({
    commands: ['npx cdkpipe synth'],
    installCommands: ['npm ci'],
    buildSpec: {
      env: { shell: 'bash', variables: { CI_LEVEL: '2' } },
      phases: { install: { 'runtime-versions': { nodejs: '24' } }, build: { finally: ['./report.sh'] } },
      reports: { unit: { files: ['junit/*.xml'], 'file-format': 'JUNITXML' } },
    },
  }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
});
