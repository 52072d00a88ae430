/** The CDK's own bootstrap stack of an environment, as `cdk bootstrap` deploys it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type DeployedStack, deploy, type Env, type Json } from './template.test.fixture.ts';

const require = createRequire(import.meta.url);
let template: Json;

export interface Bootstrapping {
  /** Accounts that may deploy: `--trust`. */
  readonly trust?: readonly string[];
  /** Default: that of the CDK. */
  readonly qualifier?: string;
}

export function bootstrap(env: Env, { trust = [], qualifier = 'hnb659fds' }: Bootstrapping = {}): DeployedStack {
  template ??= parse(
    readFileSync(
      join(dirname(require.resolve('aws-cdk/package.json')), 'lib', 'api', 'bootstrap', 'bootstrap-template.yaml'),
      'utf8',
    ),
  );
  const policies = trust.length > 0 ? 'arn:aws:iam::aws:policy/AdministratorAccess' : '';
  const parameters = {
    TrustedAccounts: trust.join(','),
    CloudFormationExecutionPolicies: policies,
    Qualifier: qualifier,
  };
  return deploy({ name: 'CDKToolkit', env, template, parameters });
}
