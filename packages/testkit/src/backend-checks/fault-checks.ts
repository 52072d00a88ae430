/** Checks of what happens when something goes wrong: an interruption, and a renderer that fails. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrawnPipeline } from '../backend/backend-trial.ts';
import { type DrawRequest, isOfFaultyPlugin, type OpenedBackend } from '../backend/open-backend.ts';
import { smallDefinition, stepAt } from '../backend/whole-definition.ts';
import { differencesOf, type EmittedFiles, readEmitted } from '../trial/emitted.ts';
import type { BackendCheck } from './backend-check.ts';
import { reasonOf } from './whole.ts';

/** A definition with one step, drawn with another renderer. */
function drawStep(opened: OpenedBackend, render: () => unknown, request: DrawRequest = {}) {
  const step = stepAt('approval', opened.steps);
  const { kind } = opened.steps.gate;
  const definition = smallDefinition({ steps: { approval: [step] }, base: opened.base });
  return opened.draw(definition, { ...request, project: 3, renderer: { kind, render } });
}

export const attributedCheck: BackendCheck = {
  id: 'CB401',
  title: 'a renderer that fails stops everything, and the message names its plugin and the node',
  why: 'an author must know whom to ask, and a step that could not be drawn must not be left out',
  fix: 'call renderStep for each step, and let what it throws through',
  async run(opened) {
    const failed = await drawStep(opened, () => {
      throw new Error('the renderer of the check fails');
    });
    if (failed.type === 'drawn') return [{ message: 'a renderer threw, and the pipeline was drawn all the same' }];
    if (failed.type === 'refused') return [{ message: `it counts as a fault of the author: ${reasonOf(failed)}` }];
    if (!isOfFaultyPlugin(failed.error)) return [{ message: `its plugin is not named: ${failed.message}` }];
    return [];
  },
};

/** What is there now in the places of what was emitted, and what was added to the assembly. */
function readAgain({ directory, project, files }: DrawnPipeline): EmittedFiles {
  const ofProject = [...files.keys()].filter((file) => file.startsWith('./') && existsSync(join(project, file)));
  const texts = ofProject.map((file) => [file, readFileSync(join(project, file), 'latin1')] as const);
  return new Map([...readEmitted(directory), ...texts]);
}

export const interruptedCheck: BackendCheck = {
  id: 'CB402',
  title: 'an interruption ends the work, and what was written before stays',
  why: 'after an interrupted synth the previous assembly has to be there, whole',
  fix: 'let what renderStep throws through, hand `signal` to what takes long, and write to the directory of the app alone',
  async run(opened) {
    const output = 'interrupted.out';
    const definition = smallDefinition({ base: opened.base });
    const first = await opened.draw(definition, { project: 3, output });
    if (first.type !== 'drawn') return [{ about: 'before the interruption', message: reasonOf(first) }];
    const interruption = new AbortController();
    const render = () => {
      interruption.abort(new Error('interrupted by the check'));
      return new Promise(() => {});
    };
    // A backend that leaves steps to a run writes its assembly before one is drawn.
    const at = opened.trial.drawSteps === undefined ? output : 'interrupted-again.out';
    const interrupted = await drawStep(opened, render, { output: at, signal: interruption.signal });
    if (interrupted.type === 'drawn')
      return [{ message: 'it was interrupted, and the pipeline was drawn all the same' }];
    const differences = differencesOf(first.files, readAgain(first));
    return differences.map((file) => ({ about: file, message: 'it is not what it was before the interruption' }));
  },
};
