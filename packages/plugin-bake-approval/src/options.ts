/** The options of `bake`: the type, the check at run time and the docs come from this schema. */
import { isAccount, isRegion } from '@cdkpipe/core';
import * as z from 'zod';
import { isAlarm } from './alarm-name.ts';

/** CodePipeline ends a Lambda action after 24 hours: its quotas. */
const longestBake = 1440;

/** Names that one call of CloudWatch takes: its API reference, `DescribeAlarms`. */
const mostAlarms = 100;

/** Minutes: three periods of 5, after which most alarms have noticed that what they watch has recovered. */
export const defaultRecovers = 15;

/** The function is handed the names in its environment, of which Lambda takes 4,096 bytes. */
const mostBytes = 3500;

const alarm = z
  .string()
  .min(1)
  .max(2048)
  .regex(/\S/)
  .refine(isAlarm, 'expected the name of an alarm, or "arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME"');

const environment = z.strictObject({
  account: z.string().refine(isAccount, 'expected the 12 digits of an account').describe('Account.'),
  region: z.string().refine(isRegion, 'expected a region such as "eu-west-1"').describe('Region.'),
});

export const bakeOptions = z
  .strictObject({
    minutes: z
      .int()
      .min(1)
      .max(
        longestBake,
        `expected at most ${longestBake} minutes: CodePipeline ends such an action after 24 hours; put a second bake behind it, or a manual approval`,
      )
      .describe(
        'How long to wait after the last stack was executed, 1 to 1,440; the last 5 of 24 hours are not watched.',
      ),
    alarms: z
      .array(alarm)
      .min(1)
      .max(mostAlarms)
      .refine((alarms) => new Set(alarms).size === alarms.length, 'expected each alarm once')
      .refine(
        (alarms) => Buffer.byteLength(JSON.stringify(alarms)) <= mostBytes,
        `expected names of at most ${mostBytes} bytes together; watch the rest by a composite alarm`,
      )
      .optional()
      .describe('CloudWatch alarms that are watched meanwhile, by name or ARN; at most 100.'),
    recovers: z
      .int()
      .min(0)
      .max(longestBake)
      .optional()
      .describe(
        'Minutes in which an alarm has to leave ALARM that was in it when the bake began; 0 where none may be. By default 15, or `minutes` where that is less.',
      ),
    runIn: z
      .union([z.enum(['pipeline', 'target']), environment], {
        error: 'expected "pipeline", "target" or { account, region }',
      })
      .optional()
      .describe("Where the alarms are; by default `'target'`, the deployment's environment."),
  })
  .refine(({ recovers, alarms }) => recovers === undefined || alarms !== undefined, {
    error: 'expected `alarms`, as without them nothing recovers',
    path: ['recovers'],
  })
  .refine(({ recovers, minutes }) => recovers === undefined || recovers <= minutes, {
    error: 'expected at most `minutes`, as the bake ends then',
    path: ['recovers'],
  })
  .describe('Waits after a deployment and watches its alarms.');

export type BakeInput = z.input<typeof bakeOptions>;
export type BakeOptions = z.output<typeof bakeOptions>;
