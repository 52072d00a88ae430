/** The text of a definition for an app without a pipeline: its stacks are deployed as `cdk synth` writes them. */
import { type Code, call, commentLines, list, literal, object, print } from '../definition/code.ts';
import { connectionCode } from '../definition/connection-code.ts';
import { knownEnv } from '../definition/known-env.ts';
import { clean } from '../definition/names.ts';
import { contextArguments, shellQuoted } from '../definition/shell-text.ts';
import type { WrittenDefinition } from '../definition/write-definition.ts';
import { carriedDifferently, type Note, notCarried } from '../old-app/note.ts';
import type { StackGroup } from './group-stacks.ts';
import { appOutput, type PlainApp } from './plain-app.ts';

export function writePlainDefinition(app: PlainApp): WrittenDefinition {
  const notes: Note[] = [];
  const waves = app.groups.map((group) => waveCode(group, app, notes));
  const [first] = app.groups;
  const env = envOf(first?.environments[0], app);
  notes.push(
    carriedDifferently(
      `the pipeline itself lives in ${env.account}/${env.region}, as its first deployment`,
      'nothing, if that is good; else change env at the top of the definition',
    ),
  );
  if (app.groups.length > 1)
    notes.push(
      carriedDifferently(
        `${app.groups.map(({ name }) => name).join(', ')} follow each other in the order of the cloud assembly`,
        'nothing, if that is good; else change the order of the waves',
      ),
    );
  const definition = object({
    name: literal(clean(app.name)),
    env: literal(env),
    source: connectionCode(
      { remote: app.remote, placeholder: `acme/${clean(app.name)}`, env, arn: app.connectionArn },
      notes,
    ),
    build: call('build', object({ commands: literal(commands(app)) })),
    waves: list(waves),
  });
  const body = `export default ${print(call('defineConfig', definition), 'export default '.length)};`;
  const open = notes.filter(({ type }) => type !== 'changed');
  const remarks =
    open.length === 0 ? [] : ['', ...commentLines(['To do:', ...open.map(({ what, fix }) => `- ${what}; ${fix}`)])];
  const head =
    '/** The pipeline of an app that was deployed by `cdk deploy`: its stacks are what `cdk synth` makes of them. */';
  const imports = "import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';";
  return { text: [head, imports, ...remarks, '', body, ''].join('\n'), notes };
}

function waveCode(group: StackGroup, app: PlainApp, notes: Note[]): Code {
  const [environment, ...others] = group.environments;
  const env = envOf(environment, app);
  if (environment?.includes('unknown-') && (app.usual.account === undefined || app.usual.region === undefined))
    notes.push(
      notCarried(
        `account and region of ${group.name} are not known: the stacks go where the cdk command is told to`,
        'write them into its env, or set CDK_DEFAULT_ACCOUNT and CDK_DEFAULT_REGION and run the command again with --force',
      ),
    );
  if (others.length > 0)
    notes.push(
      carriedDifferently(
        `${group.name} has stacks in ${others.map((each) => each.replace('aws://', '')).join(', ')}, too, which depend on each other`,
        'nothing; they are deployed there',
      ),
    );
  const assembly =
    app.groups.length === 1
      ? literal(appOutput)
      : literal({ directory: appOutput, stacks: group.stacks.map(({ id }) => id) });
  return call(
    'wave',
    literal(group.name),
    list([call('deploy', literal(group.name), object({ env: literal(env), assembly }))]),
  );
}

function envOf(environment: string | undefined, { usual }: PlainApp) {
  const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '') ?? [];
  return knownEnv({
    account: /^\d{12}$/.test(account) ? account : usual.account,
    region: region !== '' && !region.startsWith('unknown-') ? region : usual.region,
  });
}

/** The cdk command sets account and region to those of its credentials; in a build, those are of the pipeline. */
function commands({ install, run, app, readsDefaults, command, usual, context = {} }: PlainApp): string[] {
  const env = knownEnv(usual);
  const target = readsDefaults ? `CDK_DEFAULT_ACCOUNT=${env.account} CDK_DEFAULT_REGION=${env.region} ` : '';
  const given = readsDefaults || app !== undefined ? ` --app ${shellQuoted(`${target}${app ?? command}`)}` : '';
  return [
    ...install,
    `${run} cdk synth --quiet --output ${appOutput}${contextArguments(context)}${given}`,
    `${run} cdkpipe synth`,
  ];
}
