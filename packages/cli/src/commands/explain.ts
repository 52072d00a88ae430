/** `cdkpipe explain`: why an action of the plan is there and what it may do, or what an error code means. */
import { findNearMisses, type Problem, refused } from '@cdkpipe/core';
import { string } from '@oclif/core/args';
import { ProjectCommand, projectFlags } from '../command/project-command.ts';
import type { ExplainedError } from '../explain/error-catalogue.ts';
import type { ExplainedNode } from '../explain/explain-node.ts';
import { codeUnknown } from '../problems/problems.ts';
import { print } from '../terminal/print.ts';

export default class Explain extends ProjectCommand {
  static override summary = 'Explain an action of the plan, or the code of an error.';
  static override description =
    `NODE is the ID or the name of an action as cdkpipe plan shows it, or the beginning or end of one where only one action has it. Explains why the action is there, what contributed it, what it waits for and holds back, what its roles may do and why, and what makes it cost. It builds the stacks, and writes nothing.

CODE is the code of an error. It is explained from a catalogue in the package: no definition and no network are needed. A word in capitals is looked up as a code first.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> ProdEu/Smoke',
    {
      description: 'The end of an ID is enough, where only one action has it.',
      command: '<%= config.bin %> <%= command.id %> Beta/Api:execute',
    },
    { description: 'What does this error mean?', command: '<%= config.bin %> <%= command.id %> WAVE_NAME_TAKEN' },
    {
      description: 'List what the roles of an action may do.',
      command:
        '<%= config.bin %> <%= command.id %> ProdEu/Smoke --json | jq -r \'.roles[].statements[] | "\\(.actions) \\(.reason)"\'',
    },
  ];
  static override args = {
    what: string({ name: 'NODE|CODE', description: 'An action of the plan, or the code of an error.', required: true }),
  };
  static override flags = projectFlags;

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Explain);
    const { isWrittenAsCode, readErrorCatalogue } = await import('../explain/error-catalogue.ts');
    const catalogue = readErrorCatalogue(this.config.root);
    const code = args.what.includes('_') ? args.what.toUpperCase() : args.what;
    const error = catalogue.get(code);
    if (error) return this.showError(code, error);
    // A node may be written in capitals, too; only what is close to a code was meant as one.
    if (isWrittenAsCode(args.what) && findNearMisses(args.what, [...catalogue.keys()]).length > 0)
      throw refused([codeUnknown(args.what, [...catalogue.keys()])]);
    const { explainProject } = await import('@cdkpipe/core/host');
    const phases = ['configure', 'model', 'assemble', 'plan'] as const;
    const report = await this.onProject({ flags, phases }, explainProject);
    const { explainNode } = await import('../explain/explain-node.ts');
    return this.showNode(explainNode(args.what, report), report.warnings);
  }

  private async showError(code: string, error: ExplainedError) {
    const { errorDocument, errorView } = await import('../views/explain-report.ts');
    if (this.jsonEnabled()) return errorDocument(code, error);
    const { paintFor } = await import('../views/paint.ts');
    print(process.stdout, errorView(code, error, process.stdout.columns ?? 100, paintFor(process.stdout)));
    return undefined;
  }

  private async showNode(node: ExplainedNode, warnings: readonly Problem[]) {
    const { nodeDocument, nodeView } = await import('../views/explain-report.ts');
    if (this.jsonEnabled()) return nodeDocument(node, warnings);
    const { paintFor } = await import('../views/paint.ts');
    print(process.stdout, nodeView(node, process.cwd(), process.stdout.columns ?? 100, paintFor(process.stdout)));
    return undefined;
  }
}
