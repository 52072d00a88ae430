/** The kind `bake`: a check by a function that has not decided until the time is over. */
import { defineKind, stepHelper } from '@cdkpipe/core';
import { lowerBake } from './lower-bake.ts';
import { bakeOptions } from './options.ts';

export const bakeKind = defineKind({
  name: 'bake',
  summary: 'Waits after a deployment and watches its alarms.',
  options: bakeOptions,
  positions: ['approval'],
  examples: [
    { title: 'Wait for an hour', options: { minutes: 60 } },
    {
      title: 'Fail as soon as an alarm goes off',
      options: { minutes: 60, alarms: ['ProdEu-Orders-Api-5xx', 'ProdEu-Orders-Api-Latency'] },
    },
    {
      title: 'Fail also when an alarm rang before the deployment',
      options: { minutes: 60, alarms: ['ProdEu-Orders-Api-5xx'], recovers: 0 },
    },
    {
      title: 'Alarms of another account',
      options: {
        minutes: 30,
        alarms: ['arn:aws:cloudwatch:eu-west-1:444444444444:alarm:Checkout'],
        runIn: { account: '444444444444', region: 'eu-west-1' },
      },
    },
  ],
  lower: lowerBake,
});

/**
 * Waits after a deployment and fails as soon as one of its alarms goes off.
 *
 * @param name of the step
 * @param options `minutes` and, where wanted, `alarms` (names or ARNs), `recovers` (minutes for alarms that
 *   ring already), `runIn` (where they are)
 */
export const bake = stepHelper(bakeKind);
