import { expect, test } from 'vitest';
import { parseProfiles, usualEnvironment } from './aws-profiles.ts';

test('accounts are those of the role, of IAM Identity Center or of the setting, with the region beside them', () => {
  const config = `
[default]
region = eu-west-1
aws_account_id = 111111111111 # ours

[profile beta]
sso_session = acme
sso_account_id=222222222222
region=eu-central-1
s3 =
  region = us-east-1

[sso-session acme]
sso_region = eu-north-1

[profile "prod eu"]
role_arn = arn:aws:iam::333333333333:role/Deploy
source_profile = default

[profile odd]
region = ; rm -rf /
sso_account_id = 12
`;
  expect(parseProfiles(config)).toEqual([
    { name: 'default', account: '111111111111', region: 'eu-west-1' },
    { name: 'beta', account: '222222222222', region: 'eu-central-1' },
    { name: 'prod eu', account: '333333333333' },
    { name: 'odd' },
  ]);
});

test('what the cdk command was told comes before a profile', () => {
  const env = { AWS_CONFIG_FILE: '/nowhere/config', CDK_DEFAULT_ACCOUNT: '444444444444', AWS_REGION: 'eu-west-3' };
  expect(usualEnvironment(env)).toEqual({ account: '444444444444', region: 'eu-west-3' });
  expect(usualEnvironment({ AWS_CONFIG_FILE: '/nowhere/config' })).toEqual({});
});
