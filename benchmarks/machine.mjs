/** What the figures were taken with. */
import { createRequire } from 'node:module';
import os from 'node:os';

const require = createRequire(import.meta.url);

export function describeMachine() {
  const cpus = os.cpus();
  return {
    cpu: `${cpus[0]?.model.trim() ?? 'unknown'}, ${cpus.length} cores`,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    ...Object.fromEntries(
      ['aws-cdk', 'aws-cdk-lib', 'tsx', '@oclif/core', '@cdkpipe/cli'].map((name) => [
        name,
        require(`${name}/package.json`).version,
      ]),
    ),
  };
}

/** One load per core means that something else is running; the figures are then worth less. */
export function loadPerCore() {
  return os.loadavg()[0] / os.cpus().length;
}
