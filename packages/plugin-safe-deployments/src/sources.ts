/** What AWS has published of safe deployments, and the rules are founded on. */
import type { RuleSource } from '@cdkpipe/core';

const article = 'https://aws.amazon.com/builders-library/automating-safe-hands-off-deployments/';

/** @param section heading in the article */
export const handsOff = (section: string): RuleSource => ({
  title: `Amazon Builders' Library, Automating safe, hands-off deployments: ${section}`,
  url: article,
});

export const smallChanges: RuleSource = {
  title: 'AWS Well-Architected Framework, OPS05-BP09: Make frequent, small, reversible changes',
  url: 'https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/design-for-operations.html',
};

export const safeStrategies: RuleSource = {
  title: 'AWS Well-Architected Framework, OPS06-BP03: Employ safe deployment strategies',
  url: 'https://docs.aws.amazon.com/wellarchitected/latest/framework/ops_mit_deploy_risks_deploy_mgmt_sys.html',
};

const mitigateRisks =
  'https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/mitigate-deployment-risks.html';

export const unsuccessfulChanges: RuleSource = {
  title: 'AWS Well-Architected Framework, OPS06-BP01: Plan for unsuccessful changes',
  url: mitigateRisks,
};

export const automatedRollback: RuleSource = {
  title: 'AWS Well-Architected Framework, OPS06-BP04: Automate testing and rollback',
  url: mitigateRisks,
};

/** Page of the docs with a heading for each rule. */
export const pageOf = (rule: string): string =>
  `https://github.com/cdkpipe/cdkpipe/blob/main/docs/rules/safe-deployments.md#${rule}`;
