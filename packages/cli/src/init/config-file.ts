/** Writes the definition of a new project: the one file its author will live in. */
import { splitRegions } from './questions.ts';

type Texts = Readonly<Record<string, string>>;

export function configFile(answers: Texts): string {
  return `/** The pipeline: what is built, where it goes, and who or what lets it pass. */
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import type { Stage } from 'aws-cdk-lib';
import { Hello } from './lib/hello.ts';

/** One copy of the app; every deployment gets its own. */
const app = (stage: Stage) => {
  new Hello(stage, 'Hello');
};

/** Calls the app from the outside; a failing command stops the deployment. */
const smoke = codebuild('Smoke', {
  commands: ['curl --fail --silent --show-error --retry 5 "$URL"'],
  env: { URL: output('Hello', 'Url') },
});

/** A rehearsal on this machine deploys nothing: there a file answers in the app's place. */
const rehearsed = { Url: new URL('functions/hello.mjs', import.meta.url).href };

export default defineConfig({
  name: ${quoted(answers.name)},
  // Where the pipeline itself lives.
  env: ${environment(answers.account, answers.region)},
  plugins: [codebuildApproval, manualApproval],
  source: ${sourceCall(answers)},
  build: build({ commands: ['npm ci', 'npm run check', 'npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: ${environment(answers['beta-account'], answers['beta-region'])},
        stacks: app,
        approvals: [smoke],
      }),
    ]),
${prodWaves(answers)}
  ],
  rehearsal: {
    outputs: {
${rehearsedOutputs(answers)}
    },
  },
});
`;
}

/** A wave for each region, so that a bad change stops at the first; a person reads the change sets of that one. */
function prodWaves(answers: Texts): string {
  return prodNames(answers)
    .map(({ region, name }, index) => {
      const changes = index === 0 ? `\n        changes: [manual('ReviewChanges')],` : '';
      return `    wave(${quoted(name)}, [
      deploy(${quoted(name)}, {
        env: ${environment(answers['prod-account'], region)},
        stacks: app,${changes}
        approvals: [smoke],
      }),
    ]),`;
    })
    .join('\n');
}

function rehearsedOutputs(answers: Texts): string {
  const names = ['Beta', ...prodNames(answers).map(({ name }) => name)];
  return names.map((name) => `      ${quoted(`${name}/Hello`)}: rehearsed,`).join('\n');
}

function prodNames(answers: Texts): { readonly region: string; readonly name: string }[] {
  const regions = splitRegions(answers['prod-regions'] ?? '');
  return regions.map((region) => ({ region, name: regions.length === 1 ? 'Prod' : `Prod${pascal(region)}` }));
}

function sourceCall(answers: Texts): string {
  const { source, repository, branch } = answers;
  switch (source) {
    case 'connection':
      return `source.connection(${quoted(repository)}, {
    branch: ${quoted(branch)},
    connectionArn: ${quoted(answers['connection-arn'])},
  })`;
    case 'github':
      return `source.github(${quoted(repository)}, { branch: ${quoted(branch)}, tokenSecret: ${quoted(
        answers['token-secret'],
      )} })`;
    case 's3':
      return `source.s3(${quoted(answers.bucket)}, ${quoted(answers['object-key'])})`;
    default:
      return `source.codeCommit(${quoted(repository)}, { branch: ${quoted(branch)} })`;
  }
}

function environment(account: string | undefined, region: string | undefined): string {
  return `{ account: ${quoted(account)}, region: ${quoted(region)} }`;
}

/** A string literal: JSON's escapes, in single quotes. */
function quoted(text = ''): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** `eu-west-1` as `EuWest1` */
function pascal(region: string): string {
  return region.replace(/(^|-)(.)/g, (_, __, first: string) => first.toUpperCase());
}
