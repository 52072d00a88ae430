/** Says before a real run what it will change, and where. */
import { environmentName, type Pipeline } from '@cdkpipe/core';

export function deployNotice({ name, waves }: Pipeline): string {
  const deployments = waves.flatMap((wave) => wave.deployments.map((each) => ({ ...each, wave: wave.name })));
  const width = Math.max(0, ...deployments.map((each) => each.name.length));
  return [
    `deploying ${name} for real:`,
    ...deployments.map((each) => `  ${each.name.padEnd(width)}  to ${environmentName(each.env)}, in wave ${each.wave}`),
  ].join('\n');
}
