/** Expresses a bake by the kind `lambda`, with the function of this package. */
import {
  type Environment,
  isSameEnvironment,
  type LowerContext,
  refused,
  type StepDefinition,
  unreachable,
} from '@cdkpipe/core';
import { readAlarm } from './alarm-name.ts';
import { type BakeOptions, defaultRecovers } from './options.ts';
import { alarmElsewhere } from './problems.ts';

export function lowerBake(
  { minutes, alarms, recovers = defaultRecovers, runIn }: BakeOptions,
  context: LowerContext,
): StepDefinition {
  const named = alarms?.map(readAlarm) ?? [];
  // Time passes everywhere, so that a bake without alarms needs nothing elsewhere.
  const place = runIn ?? (alarms ? 'target' : 'pipeline');
  const env = environmentOf(place, context);
  const problems = named.flatMap((alarm, index) =>
    alarm.env && !isSameEnvironment(alarm.env, env)
      ? [alarmElsewhere(`alarms[${index}]`, alarm.name, alarm.env, env)]
      : [],
  );
  if (problems.length > 0) throw refused(problems);
  return {
    kind: 'lambda',
    name: 'Watch',
    options: {
      handler: 'package:@cdkpipe/plugin-bake-approval/watch',
      payload: { minutes, alarms: named.map(({ name }) => name), ...(alarms ? { recovers } : {}) },
      timeout: 1,
      runIn: place,
      ...(alarms ? { rolePolicy: [readAlarms] } : {}),
    },
  };
}

/** CloudWatch tells of composite alarms only whoever may ask for all. */
const readAlarms = {
  effect: 'Allow',
  actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
  resources: ['*'],
};

function environmentOf(place: NonNullable<BakeOptions['runIn']>, context: LowerContext): Environment {
  if (place === 'pipeline') return context.pipelineEnv;
  return place === 'target' ? (context.deploymentEnv ?? unreachable('a bake outside of a deployment')) : place;
}
