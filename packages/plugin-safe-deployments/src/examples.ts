/** Pipelines that the examples of the rules are made of. */
import type { Environment, RuleExampleDeployment, StepDefinition } from '@cdkpipe/core';

export const europe: Environment = { account: '333333333333', region: 'eu-west-1' };
export const america: Environment = { account: '333333333333', region: 'us-east-1' };

export const bake = (options: object = { minutes: 60 }): StepDefinition => ({ kind: 'bake', name: 'Bake', options });
export const review: StepDefinition = { kind: 'manual', name: 'Review' };
export const officeHours: StepDefinition = {
  kind: 'window',
  name: 'OfficeHours',
  options: { open: ['Mon-Thu 09:00-16:00'], timeZone: 'Europe/Berlin' },
};

export const beta = { name: 'Beta', deployments: [{ name: 'Beta' }] };

export const prodEu = (more: Partial<RuleExampleDeployment> = {}): RuleExampleDeployment => ({
  name: 'ProdEu',
  env: europe,
  ...more,
});
export const prodUs = (more: Partial<RuleExampleDeployment> = {}): RuleExampleDeployment => ({
  name: 'ProdUs',
  env: america,
  ...more,
});
