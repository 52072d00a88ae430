/** `cdkpipe plugins:inspect`: who brings what, who taps what, and what that changes. */
import { refused } from '@cdkpipe/core';
import type { InspectedPlugin, InspectReport, TapTrace } from '@cdkpipe/core/host';
import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { ProjectCommand, projectFlags } from '../../command/project-command.ts';
import { kindNotFound, ruleNotFound } from '../../problems/problems.ts';
import { print } from '../../terminal/print.ts';
import { paragraphs } from '../../terminal/printable.ts';

export default class PluginsInspect extends ProjectCommand {
  static override summary = 'Show what the plugins of the project bring, and what their hooks change.';
  static override description =
    `Reads the definition, and neither builds its stacks nor plans. With --trace-hooks it plans the project, so that every tap of the hooks up to \`plan\` really runs, and writes nothing; cdkpipe synth --trace-hooks shows the later hooks as well.

With a KIND or a RULE it prints the page of that: its options, examples, where a kind may stand, what a rule is founded on. With the
name of a plugin that takes options it prints these.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    { description: 'Read how a kind is used.', command: '<%= config.bin %> <%= command.id %> manual' },
    {
      description: 'Read what a lint rule wants.',
      command: '<%= config.bin %> <%= command.id %> safe-deployments/one-box-first',
    },
  ];
  static override args = {
    kind: string({
      name: 'KIND',
      description: 'A kind of step, such as manual, a lint rule, or a plugin that takes options.',
    }),
  };
  static override flags = {
    ...projectFlags,
    'trace-hooks': boolean({
      description: 'Plan the project, and show what each tap of the hooks up to `plan` changed.',
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PluginsInspect);
    const { inspectProject, inspectTaps } = await import('@cdkpipe/core/host');
    const calls: TapTrace[] = [];
    const report = flags['trace-hooks']
      ? await this.onProject(
          { flags, phases: ['configure', 'model', 'assemble', 'plan'], onTap: (tap) => calls.push(tap) },
          inspectTaps,
        )
      : await this.onProject({ flags, phases: ['configure'] }, inspectProject);
    const configurable = report.plugins.find(({ name, options }) => name === args.kind && options !== undefined);
    if (configurable) return this.showPlugin(configurable);
    if (args.kind?.includes('/')) return this.showRule(args.kind, report);
    if (args.kind !== undefined) return this.showKind(args.kind, report);
    const { inspectDocument, inspectView } = await import('../../views/inspect-report.ts');
    const { paintFor } = await import('../../views/paint.ts');
    const traced = flags['trace-hooks'] ? calls : undefined;
    if (this.jsonEnabled()) return inspectDocument(report, traced);
    print(process.stdout, inspectView(report, traced, paintFor(process.stdout)));
    return undefined;
  }

  private async showRule(name: string, { plugins }: InspectReport): Promise<unknown> {
    const rules = plugins.flatMap((plugin) => plugin.rules.map((page) => ({ page, plugin: plugin.name })));
    const found = rules.find(({ page }) => page.name === name);
    if (!found)
      throw refused([
        ruleNotFound(
          name,
          rules.map(({ page }) => page.name),
        ),
      ]);
    if (this.jsonEnabled()) return { ...found.page, plugin: found.plugin, errors: [], warnings: [] };
    const { rulePage } = await import('@cdkpipe/testkit/rule-page');
    print(process.stdout, paragraphs(rulePage(found)));
    return undefined;
  }

  private async showKind(name: string, { plugins }: InspectReport): Promise<unknown> {
    const kinds = plugins.flatMap((plugin) => plugin.kinds.map((page) => ({ page, plugin: plugin.name })));
    const found = kinds.find(({ page }) => page.name === name);
    if (!found)
      throw refused([
        kindNotFound(
          name,
          kinds.map(({ page }) => page.name),
        ),
      ]);
    if (this.jsonEnabled()) return { ...found.page, plugin: found.plugin, errors: [], warnings: [] };
    const renderers = plugins.flatMap((plugin) => plugin.renderers).filter(({ kind }) => kind === name);
    const { kindPage } = await import('@cdkpipe/testkit/kind-page');
    print(process.stdout, paragraphs(kindPage({ ...found, backends: renderers.map(({ backend }) => backend) })));
    return undefined;
  }

  private async showPlugin(plugin: InspectedPlugin): Promise<unknown> {
    const { name, options, givenOptions, examples } = plugin;
    if (this.jsonEnabled()) return { name, options, givenOptions, examples, errors: [], warnings: [] };
    const { pluginPage } = await import('@cdkpipe/testkit/plugin-page');
    print(process.stdout, paragraphs(pluginPage({ name, options, examples })));
    return undefined;
  }
}
