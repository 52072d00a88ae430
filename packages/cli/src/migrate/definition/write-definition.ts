/** The old pipeline as the text of a definition, with notes on what is different or missing in it. */
import type { GitRemote } from '../../surroundings/git-remote.ts';
import { type Note, notCarried } from '../old-app/note.ts';
import type { OldPipeline, OldStage, OldStep } from '../old-app/old-app.ts';
import { backendCode } from './backend-code.ts';
import { buildCode } from './build-code.ts';
import { type ClassImport, importsOfConstants } from './class-import.ts';
import { type Code, call, commentLines, list, literal, object, print, raw } from './code.ts';
import type { Context } from './context.ts';
import { commonPath } from './deployment-code.ts';
import { placeDirectories } from './directories.ts';
import { importLines, nameClasses, pluginsOf } from './imports.ts';
import { knownEnv } from './known-env.ts';
import { clean, Names } from './names.ts';
import { findMainSource, sourceCode } from './source-code.ts';
import { wavesCode } from './wave-code.ts';
import { workflowEnv, workflowSource } from './workflow-code.ts';

export interface WrittenDefinition {
  readonly text: string;
  readonly notes: readonly Note[];
}

/** What is known besides the pipeline itself. */
export interface Around {
  /** Where the repository is hosted, for a pipeline that does not say it. */
  readonly remote?: GitRemote | undefined;
  /** CDK context that the command line gave to the app. */
  readonly given?: Readonly<Record<string, string>>;
}

/** @param imports of the stages whose class can be imported */
export function writeDefinition(
  pipeline: OldPipeline,
  imports: ReadonlyMap<OldStage, ClassImport>,
  around: Around = {},
): WrittenDefinition {
  const { classes, nameOf } = nameClasses([...imports.values(), ...importsOfConstants(imports.keys())]);
  const context = contextOf(pipeline, around, nameOf);
  const importNames = new Map([...imports].map(([stage, each]) => [stage, nameOf(each)]));
  const definition = definitionCode(context, importNames);
  const body = `export default ${print(call('defineConfig', definition), 'export default '.length)};`;
  const todo = context.notes.filter(({ type }) => type !== 'changed');
  const remarks = todo.length === 0 ? [] : ['', ...commentLines(['Not carried over:', ...todo.map(noteText)])];
  const name = pipeline.stack.replace(/\W+/g, '-');
  const peer = pipeline.gitHub === undefined ? `CDK Pipelines in the stack ${name}` : `cdk-pipelines-github, ${name}`;
  const head = `/** The pipeline, written from the one of ${peer}. */`;
  const text = [head, ...importLines(context, classes), ...remarks, '', body, ''].join('\n');
  return { text, notes: context.notes };
}

/** `the gate Load (lib/pipeline.ts:12): …` */
function noteText({ type, what, fix, at }: Note): string {
  return `- ${type === 'gate' ? 'A GATE: ' : ''}${what}${at ? ` (${at.file}:${at.line})` : ''}; ${fix}`;
}

function contextOf(pipeline: OldPipeline, { remote, given = {} }: Around, nameOf: Context['nameOf']): Context {
  const inWaves = pipeline.waves.flatMap((wave) => [
    ...wave.pre,
    ...wave.post,
    ...wave.stages.flatMap(({ pre, post, stackSteps }) => [...pre, ...post, ...stackSteps.map(({ step }) => step)]),
  ]);
  const all = [...pipeline.others, pipeline.synth, ...inWaves];
  const steps = new Map(all.map((step) => [step.key, step]));
  const main = findMainSource(pipeline.synth, steps);
  const producers = pipeline.others.filter(({ key }) => key !== pipeline.synth.key);
  return {
    pipeline,
    remote,
    given,
    nameOf,
    steps,
    mainSource: main?.key,
    directories: placeDirectories([pipeline.synth, ...all], producers, main?.key),
    output: pipeline.synth.type === 'shell' ? (pipeline.synth.output ?? 'cdk.out') : 'cdk.out',
    stepNames: new Map(),
    helpers: new Set(),
    coreHelpers: new Set(),
    notes: [],
  };
}

function definitionCode(context: Context, importNames: ReadonlyMap<OldStage, string>): Code {
  const { pipeline, steps, mainSource } = context;
  const above = commonPath(context);
  const main = mainSource === undefined ? undefined : steps.get(mainSource);
  const source = main?.type === 'source' ? sourceCode(main, true, context) : otherSource(context);
  const additional = additionalSources(context);
  const build = buildCode(stepsBeforeBuild(context), new Names(['Build', 'Source']), context);
  const waves = wavesCode(context, importNames);
  const backends = backendCode(context);
  const plugins = pluginsOf(context).map(({ plugin }) => raw(plugin));
  return object({
    name: literal(`${clean(pipeline.name ?? nameOfRemote(context) ?? pipeline.stack)}-release`),
    env: literal(envOf(context)),
    constructPath: above === '' ? undefined : literal(above),
    plugins: plugins.length > 0 ? list(plugins) : undefined,
    source,
    additionalSources: additional,
    build,
    waves,
    backends,
  });
}

function envOf({ pipeline, notes }: Context) {
  const { account, region } = pipeline.gitHub === undefined ? pipeline.env : workflowEnv(pipeline, notes);
  if (account === undefined || region === undefined)
    notes.push(
      notCarried(
        `the stack ${pipeline.stack} of the pipeline has no account and region of its own`,
        'write them into the env of the definition',
        pipeline.at,
      ),
    );
  return knownEnv({ account, region });
}

function otherSource(context: Context): Code {
  const { pipeline } = context;
  return pipeline.gitHub === undefined ? unknownSource(context) : workflowSource(pipeline.gitHub, context);
}

function nameOfRemote({ remote }: Context): string | undefined {
  return remote?.repository.split('/').at(-1);
}

function unknownSource({ notes, pipeline }: Context): Code {
  notes.push(
    notCarried(
      `the source that ${pipeline.synth.id} builds is of no class of CodePipelineSource`,
      'write a source into the definition: docs/sources.md',
      pipeline.synth.at ?? pipeline.at,
    ),
  );
  return call('source.codeCommit', literal('TODO-repository'));
}

function additionalSources(context: Context): Code | undefined {
  const { pipeline, mainSource, directories, notes } = context;
  const entries = pipeline.others.flatMap((step) => {
    const directory = directories.get(step.key);
    if (step.key === mainSource || step.type !== 'source' || directory === undefined) return [];
    const { synth } = pipeline;
    const before =
      synth.type === 'shell' ? synth.inputs.find(({ producer }) => producer === step.key)?.directory : undefined;
    if (before !== undefined && before !== directory)
      notes.push(
        notCarried(
          `the files of the source ${step.id} are in ${directory}, not in ${before}`,
          'change the commands of the build accordingly',
          synth.at,
        ),
      );
    return [[directory, sourceCode(step, false, context)] as const];
  });
  return entries.length > 0 ? object(Object.fromEntries(entries)) : undefined;
}

/** All that the synth step waits for, but sources. */
function stepsBeforeBuild({ pipeline, steps }: Context): OldStep[] {
  const found = new Map<number, OldStep>();
  const visit = (key: number): void => {
    const step = steps.get(key);
    if (step === undefined || found.has(key)) return;
    if (step.type !== 'source') found.set(key, step);
    step.dependsOn.forEach(visit);
  };
  pipeline.synth.dependsOn.forEach(visit);
  return [...found.values()].reverse();
}
