/** Counts what cdk-nag's AwsSolutions pack finds in an emitted template: the same way for both sides. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Required, so that the pack and the resources it looks at come from one copy.
const require = createRequire(import.meta.url);

export function countFindings(templateFile) {
  const { App, Stack } = require('aws-cdk-lib');
  const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
  const { AwsSolutionsChecks } = require('cdk-nag');
  const outdir = mkdtempSync(join(tmpdir(), 'cdkpipe-nag-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    const stack = new Stack(app, 'Emitted', { env: { account: '111111111111', region: 'eu-west-1' } });
    new CfnInclude(stack, 'Template', { templateFile });
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    return violations.reduce((sum, { violatingResources }) => sum + violatingResources.length, 0);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
