/** Words for what only shows once it is known where the alarms must be. */
import { type Environment, environmentName, type Problem } from '@cdkpipe/core';

export const alarmElsewhere = (path: string, alarm: string, found: Environment, env: Environment): Problem => ({
  code: 'ALARM_ELSEWHERE',
  message: `the alarm "${alarm}" is in ${environmentName(found)}, but the step watches alarms of ${environmentName(env)}`,
  path,
  fix: 'say with `runIn` where the alarms are; for alarms in several places write a bake for each, in parallel',
});
