/** Words for what validation plugins of the CDK find in the author's stacks, and for plugins that fail. */
import type { Problem } from '../problem.ts';

interface PolicyFinding {
  readonly severity: 'error' | 'warning';
  readonly plugin: string;
  readonly rule: string;
  readonly description: string;
  readonly fix: string | undefined;
  /** Path of the construct, or logical ID of the resource where the plugin names no construct. */
  readonly where: string;
  /** Whether this release of aws-cdk-lib has `Validations`. */
  readonly canAcknowledge: boolean;
}

export const policyViolated = (finding: PolicyFinding): Problem => {
  const { severity, plugin, rule, description, fix, where, canAcknowledge } = finding;
  const id = rule.includes('::') ? rule : `${plugin}::${rule}`;
  return {
    code: severity === 'error' ? 'POLICY_VIOLATED' : 'POLICY_DOUBTFUL',
    message: `"${where}" violates the rule ${rule} of ${plugin}: ${description.replace(/\.$/, '')}`,
    fix:
      fix ??
      (canAcknowledge
        ? `change the construct, or acknowledge the rule there: Validations.of(construct).acknowledge({ id: '${id}', reason: '…' })`
        : 'change the construct'),
  };
};

export const policyPluginFailed = (plugin: string, reason = 'it gave no reason'): Problem => ({
  code: 'POLICY_PLUGIN_FAILED',
  message: `the validation plugin "${plugin}" of the app failed: ${reason}`,
  fix: 'correct how the app configures the plugin, or update it',
});
