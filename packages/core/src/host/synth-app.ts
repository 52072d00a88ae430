/** Has the CDK write the assembly of the app, and judges it by what the author's validation plugins say. */
import type { App } from 'aws-cdk-lib';
import { readPolicyReport } from '../assembly/policy-report.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';

/**
 * @returns the warnings of the plugins
 * @throws CdkpipeError (`source: 'user'`) with every finding that is an error, each with its construct and rule
 */
export function synthApp(app: App): readonly Problem[] {
  let failure: unknown;
  {
    using _ = withoutTraces();
    try {
      app.synth();
    } catch (error) {
      failure = error;
    }
  }
  const { errors, warnings } = readPolicyReport(app.outdir);
  refuseIfAny(errors);
  // Some releases throw for the findings although the report is written; anything else that was thrown is no finding.
  if (failure !== undefined) throw failure;
  return warnings;
}

/** Older releases print beside the report, to stdout, and set the exit code of the process. */
function withoutTraces(): Disposable {
  const { log } = console;
  const { exitCode } = process;
  console.log = (...values) => console.error(...values);
  return {
    [Symbol.dispose]: () => {
      console.log = log;
      process.exitCode = exitCode;
    },
  };
}
