/** Says before a real run what it will change, and where. */
import { environmentName, type Pipeline } from '@cdkpipe/core';
import { joinLines, type Printable } from '../terminal/printable.ts';

export function deployNotice({ name, waves }: Pipeline): Printable {
  const deployments = waves.flatMap((wave) => wave.deployments.map((each) => ({ ...each, wave: wave.name })));
  const width = Math.max(0, ...deployments.map((each) => each.name.length));
  return joinLines([
    `deploying ${name} for real:`,
    ...deployments.map((each) => `  ${each.name.padEnd(width)}  to ${environmentName(each.env)}, in wave ${each.wave}`),
  ]);
}
