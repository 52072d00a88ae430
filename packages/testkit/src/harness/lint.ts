/** Lets one lint rule of a plugin judge a pipeline, as `cdkpipe plan` would. */
import type { Plugin, Problem, RuleSetting } from '@cdkpipe/core';
import { planProject } from '@cdkpipe/core/host';
import type { PipelineSketch } from './pipeline-sketch.ts';
import { standInsFor } from './stand-ins.ts';
import { openTestProject } from './test-project.ts';

export interface LintOptions {
  /** Options of the rule. Default: none. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Backend that the pipeline is planned for. Default: `codepipeline`. */
  readonly backend?: string;
}

/**
 * What the rule finds, each with `message`, `path` and `fix`. Hooks and other rules of the plugin are left out. Kinds of steps that
 * neither `plugin` nor `plugins` of the pipeline has are stood in for by gates that do nothing.
 *
 * @throws CdkpipeError where the definition is refused, and where the rule fails or its options are refused
 */
export async function lint(
  plugin: Plugin,
  rule: string,
  pipeline: PipelineSketch = {},
  { options, backend = 'codepipeline' }: LintOptions = {},
): Promise<readonly Problem[]> {
  const own = plugin.rules?.find(({ name }) => name === rule);
  if (!own) throw new Error(`the plugin ${plugin.name} has no rule "${rule}"`);
  // Options of the plugin decide about hooks and renderers alone.
  const { hooks: _, configure: __, options: ___, ...bare } = plugin;
  const known = [...(pipeline.plugins ?? []), { ...bare, rules: [own] }];
  const plugins = [...known, ...standInsFor(pipeline, known)];
  const setting: RuleSetting = options ? ['warning', options] : 'warning';
  const sketch = { ...pipeline, plugins, rules: { [rule]: setting } };
  using project = openTestProject(
    sketch,
    plugins.map((each) => ({ plugin: each })),
  );
  const { warnings } = await planProject(project.request(backend));
  return warnings.filter((warning) => warning.rule === rule && warning.code === 'RULE_VIOLATED');
}
