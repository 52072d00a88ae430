/** `cdkpipe plan`: shows what the pipeline will do, in which order, and what it waits for. */
import { boolean, string } from '@oclif/core/flags';
import { ProjectCommand, projectFlags, strictFlag } from '../command/project-command.ts';

export default class Plan extends ProjectCommand {
  static override summary = 'Show the pipeline as a tree or a picture: stages, actions, their order, and the gates.';
  static override description =
    `Builds the stacks to learn their order, outputs and assets, and writes nothing but the FILE of --graph.

Each line is an action. The number is its run order in the stage: actions of one number may run at the same time.
A gate (◆) can stop a deployment; the plan names the plugin that brings it.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    { description: 'Write a picture.', command: '<%= config.bin %> <%= command.id %> --graph pipeline.svg' },
    {
      description: 'List the gates.',
      command: "<%= config.bin %> <%= command.id %> --json | jq -r '.stages[].actions[].gate // empty'",
    },
  ];
  static override flags = {
    ...projectFlags,
    graph: string({
      description:
        'Write a graph instead of printing the tree. The extension is the format: svg, html, mmd (Mermaid), md, dot (Graphviz) or json.',
      helpValue: 'FILE',
    }),
    stage: string({
      description: 'Show this stage only; may be given several times.',
      helpValue: 'NAME',
      multiple: true,
    }),
    deployment: string({
      description: 'Show this deployment only; may be given several times.',
      helpValue: 'NAME',
      multiple: true,
    }),
    summary: boolean({ description: 'Show each deployment as one line, or one box, with counts.' }),
    strict: strictFlag,
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Plan);
    const { graphFileOf } = await import('../graph-file/graph-format.ts');
    // What cannot be written is refused before the stacks are built.
    const graph = flags.graph === undefined ? undefined : graphFileOf(flags.graph);
    const { planProject } = await import('@cdkpipe/core/host');
    const report = await this.onProject({ flags, phases: ['configure', 'model', 'assemble', 'plan'] }, planProject);
    const { planDocument, showPlan } = await import('../views/plan-report.ts');
    const filter = { stages: flags.stage ?? [], deployments: flags.deployment ?? [] };
    const wanted = { filter, summary: flags.summary };
    const written =
      graph === undefined
        ? undefined
        : (await import('../graph-file/write-graph.ts')).writeGraph(report, graph, wanted);
    if (this.jsonEnabled()) return planDocument(report, wanted, written);
    showPlan(report, wanted, written);
    return undefined;
  }
}
