/** Deploys nothing, finds everything in each change set that a review may look for, and remembers what was executed. */
import type { Deployer } from '@cdkpipe/deployer-cloudformation';

export function alarmingDeployer(base: Deployer, onExecute: (deployment: string) => void): Deployer {
  return {
    ...base,
    prepare: async (target, tools) => {
      const prepared = await base.prepare(target, tools);
      const findings = (['permissions', 'stateful'] as const).map((concern) => ({
        concern,
        stack: target.stack.id,
        text: `something about ${concern}, made up by the check`,
      }));
      return { ...prepared, changes: { ...prepared.changes, isNew: true, findings } };
    },
    execute: (target, prepared, tools) => {
      onExecute(target.deployment);
      return base.execute(target, prepared, tools);
    },
  };
}
