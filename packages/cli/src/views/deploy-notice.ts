/** Says before a real run where it goes. */
import { deploymentsOf, environmentName, type Pipeline } from '@cdkpipe/core';

export function deployNotice(pipeline: Pipeline): string {
  const places = new Set(deploymentsOf(pipeline).map(({ env }) => environmentName(env)));
  return `deploying ${pipeline.name} for real, to ${[...places].sort().join(', ')}`;
}
