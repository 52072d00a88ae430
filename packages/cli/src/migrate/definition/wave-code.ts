/** The waves of the old pipeline as waves of a definition. */
import { carriedDifferently, gateNotCarried } from '../old-app/note.ts';
import type { OldStage, OldStep, OldWave } from '../old-app/old-app.ts';
import { type Code, call, type Entry, list, literal, object } from './code.ts';
import type { Context } from './context.ts';
import { deploymentCode } from './deployment-code.ts';
import { Names } from './names.ts';
import { stepsCode } from './steps-code.ts';

export function wavesCode(context: Context, importNames: ReadonlyMap<OldStage, string>): Code {
  const names = new Names(['Source', 'Build', 'UpdatePipeline']);
  const { waves } = context.pipeline;
  return list(
    waves.map((wave, index) =>
      waveCode(wave, { before: waves[index - 1], isLast: index === waves.length - 1, names, importNames }, context),
    ),
  );
}

interface WavePlace {
  readonly before: OldWave | undefined;
  readonly isLast: boolean;
  readonly names: Names;
  readonly importNames: ReadonlyMap<OldStage, string>;
}

function waveCode(wave: OldWave, { before, isLast, names, importNames }: WavePlace, context: Context): Code | Entry {
  const name = names.take(wave.id);
  if (name !== wave.id)
    context.notes.push(carriedDifferently(`the wave "${wave.id}" is called ${name}`, 'nothing, if the name is good'));
  const gateNames = new Names();
  const scoped = (steps: readonly OldStep[], scope: string) =>
    stepsCode(steps, { names: gateNames, scope, position: 'before' }, context);
  const groups = [
    ...scoped(before === undefined ? [] : postOfWave(before).behind, before?.id ?? ''),
    ...scoped(wave.pre, wave.id),
    ...wave.stages.flatMap((stage) => {
      const gates = stage.pre.filter(({ type }) => type !== 'broadening');
      noteSharedGates(gates, stage, wave, context);
      return scoped(gates, stage.id);
    }),
  ];
  const deployments = wave.stages.map((stage) => {
    noteStackGates(stage, context);
    const ofWave = postOfWave(wave);
    const post = [...stage.post, ...ofWave.inside(stage), ...(isLast ? ofWave.behind : [])];
    if (isLast && ofWave.behind.length > 0 && wave.stages.length > 1) noteRepeated(ofWave.behind, wave, context);
    return deploymentCode({ ...stage, post }, { importName: importNames.get(stage) }, context);
  });
  return call(
    'wave',
    literal(name),
    list(deployments),
    ...(groups.length > 0 ? [object({ before: list(groups) })] : []),
  );
}

/** A step behind a wave stands before the next one; one that uses outputs of a deployment stands in that deployment. */
function postOfWave(wave: OldWave) {
  const artifactsOf = (step: OldStep) =>
    step.type === 'shell' ? Object.values(step.outputValues).map(({ artifact }) => artifact) : [];
  const owners = (step: OldStep) =>
    wave.stages.filter(({ stacks }) => stacks.some(({ artifact }) => artifactsOf(step).includes(artifact)));
  const last = (step: OldStep) => owners(step).at(-1);
  return {
    behind: wave.post.filter((step) => last(step) === undefined),
    inside: (stage: OldStage) => wave.post.filter((step) => last(step) === stage),
  };
}

function noteSharedGates(gates: readonly OldStep[], stage: OldStage, wave: OldWave, context: Context): void {
  if (wave.stages.length < 2) return;
  for (const { id, at } of gates)
    context.notes.push(
      carriedDifferently(
        `${id}, which was before ${stage.id} alone, is before the whole wave ${wave.id}`,
        `nothing if that is good; else move ${stage.id} into a wave of its own`,
        at,
      ),
    );
}

function noteRepeated(steps: readonly OldStep[], wave: OldWave, context: Context): void {
  for (const { id, at } of steps) {
    const what = `${id}, which was once behind the wave ${wave.id}, is an approval of each of its deployments`;
    if (context.notes.some((note) => note.what === what)) continue;
    context.notes.push(carriedDifferently(what, 'nothing, if that is good', at));
  }
}

/** Gates that stand between two stacks of a deployment have no place in a definition. */
function noteStackGates(stage: OldStage, context: Context): void {
  for (const { stack, when, step } of stage.stackSteps) {
    if (when === 'changeSet') continue;
    context.notes.push(
      gateNotCarried(
        `${step.id} is ${when === 'pre' ? 'before' : 'behind'} the stack ${stack} of ${stage.id}; gates here are around a deployment`,
        'deploy the stacks before and behind it as two deployments, and put the step between them',
        step.at,
      ),
    );
  }
}
