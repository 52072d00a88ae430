/** The thread in which the validator works: started, asked, and stopped again; it never keeps the process alive idle. */
import { Worker } from 'node:worker_threads';
import { validatorFailed } from '../errors/catalogue/validation.ts';
import { internalFault } from '../errors/cdkpipe-error.ts';
import type { RuleFinding, TemplateToCheck } from './template-finding.ts';
import type { Answer, Job, ValidatorFiles } from './validator-protocol.ts';

export interface ValidatorThread {
  /**
   * What the validator finds in each template, or the reason why it cannot be asked.
   *
   * @throws CdkpipeError (`source: 'cdkpipe'`) when the validator breaks or falls silent
   */
  check(templates: readonly TemplateToCheck[]): Promise<readonly (readonly RuleFinding[])[] | string>;
  stop(): Promise<void>;
}

interface Round {
  readonly templates: readonly TemplateToCheck[];
  readonly findings: (readonly RuleFinding[])[];
  readonly settle: (result: readonly (readonly RuleFinding[])[] | string | Error) => void;
}

/** @param silenceLimit milliseconds that may pass without an answer */
export function startValidatorThread(files: ValidatorFiles, silenceLimit: number): ValidatorThread {
  // The loaders and streams of the process are not for the worker: it must start fast and may not write to stdout.
  const options = { workerData: files, execArgv: [], stdout: true, stderr: true, name: 'template-validator' };
  const worker = new Worker(new URL('./validator-worker.mjs', import.meta.url), options);
  worker.unref();

  const rounds: Round[] = [];
  let ended: string | Error | undefined;
  let silence: NodeJS.Timeout | undefined;

  const end = (outcome: string | Error) => {
    ended ??= outcome;
    for (const round of rounds.splice(0)) round.settle(ended);
    watch();
  };
  const fail = (reason: string, template?: string, cause?: unknown) =>
    end(internalFault(validatorFailed(reason, template), { cause }));

  /** Waits for the next answer: the process lives on for it, though not for ever. */
  function watch(): void {
    clearTimeout(silence);
    if (rounds.length === 0) {
      worker.unref();
      return;
    }
    worker.ref();
    const [round] = rounds;
    const answered = round?.findings.length ?? 0;
    // Answers that came while this thread was busy are delivered before an immediate, though after a timer.
    const giveUp = () => {
      if (rounds[0] !== round || round?.findings.length !== answered) return;
      fail(`it gave no answer for ${silenceLimit / 1000} seconds`, round.templates[answered]?.name);
      void worker.terminate();
    };
    silence = setTimeout(() => setImmediate(giveUp), silenceLimit);
  }

  worker.on('message', (answer: Answer) => {
    const [round] = rounds;
    if ('unfit' in answer) return end(answer.unfit);
    if (!round) return;
    if ('failure' in answer) return fail(answer.failure, round.templates[answer.job]?.name);
    round.findings.push(answer.findings);
    if (round.findings.length === round.templates.length) {
      rounds.shift();
      round.settle(round.findings);
    }
    watch();
  });
  worker.on('error', (error) => fail(error.message, undefined, error));
  worker.on('exit', () => fail('its thread ended while templates were waiting'));

  return {
    check(templates) {
      return new Promise((resolve, reject) => {
        const settle: Round['settle'] = (result) => (result instanceof Error ? reject(result) : resolve(result));
        if (ended !== undefined) return settle(ended);
        rounds.push({ templates, findings: [], settle });
        worker.postMessage(templates.map(jobOf));
        watch();
      });
    },
    async stop() {
      await worker.terminate();
    },
  };
}

function jobOf({ text, account, region }: TemplateToCheck): Job {
  return { text, ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}
