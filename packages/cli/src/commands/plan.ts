/** `cdkpipe plan`: shows what the pipeline will do, in which order, and what it waits for. */
import { ProjectCommand, projectFlags } from '../project-command.ts';

export default class Plan extends ProjectCommand {
  static override summary = 'Show the pipeline as a tree: stages, actions, their order, and the gates.';
  static override description = `Builds the stacks to learn their order, outputs and assets, and writes nothing.

Each line is an action. The number is its run order in the stage: actions of one number may run at the same time.
A gate (◆) can stop a deployment; the plan names the plugin that brings it.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {
      description: 'List the gates.',
      command: "<%= config.bin %> <%= command.id %> --json | jq -r '.stages[].actions[].gate // empty'",
    },
  ];
  static override flags = projectFlags;

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Plan);
    const { planProject } = await import('@cdkpipe/core/host');
    const report = await this.onProject({ flags, phases: ['configure', 'model', 'assemble', 'plan'] }, planProject);
    const { planDocument, showPlan } = await import('../views/plan-report.ts');
    if (this.jsonEnabled()) return planDocument(report);
    showPlan(report);
    return undefined;
  }
}
