/** What `approve` and `reject` have in common. */
import { string as stringArgument } from '@oclif/core/args';
import { string } from '@oclif/core/flags';
import type { AnswerDocument } from '../views/answer-report.ts';
import { CdkpipeCommand } from './cdkpipe-command.ts';
import { runArgument } from './run-argument.ts';

export const answerArgs = {
  run: runArgument,
  step: stringArgument({ description: 'The step that waits, such as ProdEu/ReviewChanges.', required: true }),
};

export const answerFlags = {
  config: string({
    description: 'File of the definition; the runs are searched from here upwards by default.',
    helpValue: 'FILE',
  }),
  user: string({ description: "Who answers; the account's name by default.", helpValue: 'NAME' }),
};

export interface GivenAnswer {
  readonly run: string;
  readonly step: string;
  readonly config?: string | undefined;
  readonly user?: string | undefined;
  readonly decision: 'approve' | 'reject';
  readonly comment?: string | undefined;
}

export abstract class AnswerCommand extends CdkpipeCommand {
  protected async answer({
    run: named,
    step,
    config,
    user,
    decision,
    comment,
  }: GivenAnswer): Promise<AnswerDocument | undefined> {
    const [{ answerQuestion, systemClock }, { findStore }, { thisPerson }, { refuseInsideStep }, { readRun }] =
      await Promise.all([
        import('@cdkpipe/backend-local/engine'),
        import('../runs/find-store.ts'),
        import('../runs/person.ts'),
        import('../runs/refuse-inside-step.ts'),
        import('../runs/run-status.ts'),
      ]);
    refuseInsideStep(decision);
    const store = findStore(config);
    try {
      const { id: run, state } = readRun(store, named);
      const by = thisPerson(user);
      const now = systemClock(state.started?.clockOffset).now();
      const answer = { decision, by, via: 'command' as const, ...(comment === undefined ? {} : { comment }) };
      const { digest, missing } = answerQuestion({ store, run, now }, step, answer);
      const running = !readRun(store, run).state.resting && store.findHolder(run) !== undefined;
      const document = { run, step, decision, user: by.user, digest, missing, running };
      if (this.jsonEnabled()) return document;
      (await import('../views/answer-report.ts')).showAnswer(document, state.started?.mode === 'rehearsal');
      return undefined;
    } finally {
      store.close();
    }
  }
}
