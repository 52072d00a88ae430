/** The app: a chain of stacks, each using the one before it. Both pipelines deploy exactly this. */
import type { Stage } from 'aws-cdk-lib';
import { Service } from './service';
import { shape } from './shape';

/** Builds the stacks of one deployment and returns the last. */
export function services(stage: Stage): Service {
  let last = new Service(stage, 'S1', { upstream: undefined });
  for (let i = 2; i <= shape.stacks; i++) last = new Service(stage, `S${i}`, { upstream: last });
  return last;
}
