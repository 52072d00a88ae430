/** `cdkpipe reject`: ends a run that waits. */
import { string } from '@oclif/core/flags';
import { AnswerCommand, answerArgs, answerFlags } from '../command/answer-command.ts';

export default class Reject extends AnswerCommand {
  static override summary = 'Reject a step that a run waits for, which ends the run.';
  static override description =
    'The answer is written into the journal of the run with the time, who gave it and why. Anybody may reject, also where a quorum must approve.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261224-173000-3f9a ProdEu/ReviewChanges --reason "the table would be replaced"',
  ];
  static override args = answerArgs;
  static override flags = {
    ...answerFlags,
    reason: string({ description: 'Why.', helpValue: 'TEXT', required: true }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Reject);
    const { config, user, reason } = flags;
    return this.answer({ ...args, config, user, decision: 'reject', comment: reason });
  }
}
