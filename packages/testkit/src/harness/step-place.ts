/** Where a step of a test stands, and the pipeline around it. */
import { describeKind, type Plugin, type RunIn, type StepDefinition, type StepPosition } from '@cdkpipe/core';
import type { PipelineSketch } from './pipeline-sketch.ts';
import type { TestedPlugin } from './test-project.ts';

/** @typeParam Input options of the plugin */
export interface StepPlace<Input = unknown> {
  /** Options of the plugin under test, as a definition would give them; by default none. */
  readonly options?: Input;
  /** Default: the first of `approval`, `change`, `wave` and `build` that the kind declares. */
  readonly position?: StepPosition;
  /** Where its code runs, for kinds with `runsCode`; takes the place of `runIn` in the options of the step. */
  readonly runIn?: RunIn;
  /** Plugins with the kinds that the step is lowered to, such as `[manual, codebuild]`. */
  readonly plugins?: readonly Plugin[];
  /** Contents of files of the project that options name, by path relative to the definition. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The plugin with its options, behind those that it needs. */
export function testedPlugins(plugin: Plugin, { plugins = [], options }: StepPlace): TestedPlugin[] {
  return [...plugins.map((each) => ({ plugin: each })), { plugin, options }];
}

const preferred: readonly StepPosition[] = ['approval', 'change', 'wave', 'build'];

/** A pipeline in which the step stands before, in or behind the deployment `Beta`. */
export function sketchAround(plugin: Plugin, step: StepDefinition, place: StepPlace): PipelineSketch {
  const { runIn, files = {}, plugins = [] } = place;
  const position = place.position ?? positionOf(step, [plugin, ...plugins]);
  const placed = runIn === undefined ? step : { ...step, options: { ...(step.options as object), runIn } };
  const at = (wanted: StepPosition) => (wanted === position ? [placed] : []);
  return {
    files,
    build: { commands: ['npx cdkpipe synth'], before: at('build') },
    waves: [
      {
        name: 'First',
        before: at('wave'),
        deployments: [{ name: 'Beta', changes: at('change'), approvals: at('approval') }],
      },
      { name: 'Second', deployments: [{ name: 'Prod' }] },
    ],
  };
}

function positionOf(step: StepDefinition, plugins: readonly Plugin[]): StepPosition {
  const kind = plugins.flatMap(({ kinds = [] }) => kinds).find(({ name }) => name === step.kind);
  const declared = kind ? describeKind(kind).positions : preferred;
  return preferred.find((position) => declared.includes(position)) ?? 'approval';
}
