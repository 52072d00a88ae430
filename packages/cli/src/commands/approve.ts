/** `cdkpipe approve`: lets a run that waits go on. */
import { string } from '@oclif/core/flags';
import { AnswerCommand, answerArgs, answerFlags } from '../command/answer-command.ts';

export default class Approve extends AnswerCommand {
  static override summary = 'Approve a step that a run waits for.';
  static override description =
    `The answer is written into the journal of the run with the time, who gave it, and the digest of what it was given for. The first answer that decides wins; whoever comes later is told.

A run that is at work goes on by itself; one that has ended with exit code 5 goes on with "cdkpipe run --resume".`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261224-173000-3f9a ProdEu/ReviewChanges --comment "read them all"',
  ];
  static override args = answerArgs;
  static override flags = {
    ...answerFlags,
    comment: string({ description: 'What to write beside the approval.', helpValue: 'TEXT' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Approve);
    const { config, user, comment } = flags;
    return this.answer({ ...args, config, user, decision: 'approve', comment });
  }
}
