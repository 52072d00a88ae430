/** An alarm as an author names it: by name where the step runs, or by ARN. */
import type { Environment } from '@cdkpipe/core';

const arnPattern = /^arn:aws[a-z-]*:cloudwatch:(?<region>[a-z0-9-]+):(?<account>\d{12}):alarm:(?<name>.{1,255})$/;

export interface NamedAlarm {
  readonly name: string;
  /** Where the ARN says that it is; absent for a bare name. */
  readonly env?: Environment;
}

export function readAlarm(alarm: string): NamedAlarm {
  const { region = '', account = '', name } = arnPattern.exec(alarm)?.groups ?? {};
  return name === undefined ? { name: alarm } : { name, env: { account, region } };
}

/** What begins like an ARN is one of an alarm, or wrong. */
export function isAlarm(alarm: string): boolean {
  return !alarm.startsWith('arn:') || arnPattern.test(alarm);
}
