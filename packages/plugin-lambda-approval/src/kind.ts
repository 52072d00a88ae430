/** The kind `lambda`, apart from any backend. */
import { defineKind, type RunIn, type StepDefinition, stepHelper } from '@cdkpipe/core';
import { type LambdaInput, lambdaOptions } from './options.ts';
import type { Payload } from './payload.ts';

export const lambdaKind = defineKind({
  name: 'lambda',
  summary: 'An AWS Lambda function decides.',
  options: lambdaOptions,
  positions: ['change', 'approval', 'wave'],
  changeable: ['timeout'],
  runsCode: true,
  examples: [
    {
      title: 'A file of the project',
      options: {
        handler: './checks/latency.ts',
        payload: { url: { $ref: 'output', stack: 'Orders', name: 'Url' }, limitMs: 500 },
        timeout: 2,
      },
      files: {
        'checks/latency.ts': 'export const handler = async () => {};\n',
      },
    },
    {
      title: 'Another export of the file',
      options: { handler: './checks/alarms.ts#noAlarm' },
      files: { 'checks/alarms.ts': 'export const noAlarm = async () => {};\n' },
    },
    {
      title: 'An existing function',
      options: {
        functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:change-calendar',
        payload: { service: 'orders' },
      },
    },
  ],
});

interface CommonOptions {
  /** JSON that is handed to the function; references such as `output(...)` may stand anywhere in it. */
  readonly payload?: Payload;
  readonly runIn?: RunIn;
}

/** A file of the project, or an existing function. */
export type LambdaStepOptions = CommonOptions &
  (
    | {
        /** `./file.ts` (export `handler`) or `./file.ts#name`, relative to the definition; or `package:NAME/PATH`. */
        readonly handler: string;
        /** Minutes, 1 to 15; by default 5. */
        readonly timeout?: number;
        /** What the function may do in AWS, beyond writing its log and reporting to CodePipeline. */
        readonly rolePolicy?: NonNullable<LambdaInput['rolePolicy']>;
        readonly functionArn?: never;
      }
    | {
        /** ARN of a function that reports to CodePipeline itself. */
        readonly functionArn: string;
        readonly handler?: never;
        readonly timeout?: never;
        readonly rolePolicy?: never;
      }
  );

/**
 * An AWS Lambda function decides.
 *
 * @param name of the step
 * @param options `handler` or `functionArn` and, where wanted, `payload`, `timeout` (minutes), `runIn`
 */
export const lambda: (name: string, options: LambdaStepOptions) => StepDefinition = stepHelper({
  ...lambdaKind,
  runsCode: true,
});
