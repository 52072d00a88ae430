/** Runs cdk-nag's AwsSolutions pack over an emitted template, as it is deployed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

export interface NagFinding {
  readonly rule: string;
  readonly logicalId: string;
}

export function runNag(directory: string, stack: string): NagFinding[] {
  // The pack recognises resources by `instanceof`, so both must come from one copy.
  const cdk = require('aws-cdk-lib') as typeof import('aws-cdk-lib');
  const { CfnInclude } =
    require('aws-cdk-lib/cloudformation-include') as typeof import('aws-cdk-lib/cloudformation-include');
  const { AwsSolutionsChecks } = require('cdk-nag') as typeof import('cdk-nag');
  const outdir = mkdtempSync(join(tmpdir(), 'cdkpipe-nag-'));
  try {
    const app = new cdk.App({ outdir, analyticsReporting: false });
    const included = new cdk.Stack(app, 'Emitted', { env: { account: '111111111111', region: 'eu-west-1' } });
    included.node.tryRemoveChild('BootstrapVersion');
    new CfnInclude(included, 'Template', { templateFile: join(directory, `${stack}.template.json`) });
    return new AwsSolutionsChecks(app).validateScope(app).violations.flatMap(({ ruleName: rule, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({
        rule,
        logicalId: constructPath.split('/').at(-1) ?? '',
      })),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
