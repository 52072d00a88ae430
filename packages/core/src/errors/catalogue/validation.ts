/** Words for what CloudFormation's validator says of a template, and for when it cannot say anything. */
import type { Problem } from '../problem.ts';

/** What the words need to know of a finding. */
interface Finding {
  readonly template: string;
  readonly severity: 'error' | 'warning';
  readonly rule: string;
  readonly message: string;
  readonly resource?: string;
  readonly construct?: string;
  readonly path?: string;
  readonly fix?: string;
}

/** Rule of the finding that stands for a validator that is not there. */
export const validationSkippedRule = 'VALIDATION_SKIPPED';

export const templateInvalid = (finding: Finding): Problem => {
  if (finding.rule === validationSkippedRule) return validationSkipped(finding.message);
  const { template, severity, rule, message, resource, construct, path } = finding;
  const place = [resource, path].filter((part) => part !== undefined).join('.');
  const made = construct ?? resource;
  return {
    code: severity === 'error' ? 'TEMPLATE_INVALID' : 'TEMPLATE_DOUBTFUL',
    message: `the template "${template}" fails rule ${rule}${place === '' ? '' : ` at ${place}`}: ${message}`,
    location: template,
    fix: finding.fix ?? (made === undefined ? 'correct what makes the template' : `correct what makes "${made}"`),
  };
};

const validationSkipped = (reason: string): Problem => ({
  code: validationSkippedRule,
  message: `no template was validated: ${reason}`,
  fix: 'update aws-cdk-lib to a release that includes the CloudFormation validator, or pass --no-validate',
});

export const validatorFailed = (reason: string, template?: string): Problem => ({
  code: 'VALIDATOR_FAILED',
  message: `CloudFormation's validator failed${template === undefined ? '' : ` on "${template}"`}: ${reason}`,
  fix: 'run again; if it fails again report it, and pass --no-validate to go on without validation',
});
