/** Accounts and regions that the AWS configuration of this machine names; the network is not asked. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface AwsProfile {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
}

/** Profiles of the shared config file, in its order. */
export function readAwsProfiles(env: NodeJS.ProcessEnv = process.env): AwsProfile[] {
  try {
    return parseProfiles(readFileSync(env.AWS_CONFIG_FILE ?? join(homedir(), '.aws/config'), 'utf8'));
  } catch {
    return [];
  }
}

/**
 * Account and region in which the `cdk` command would run, as far as they are known without a call to AWS.
 *
 * `CDK_DEFAULT_ACCOUNT` and `CDK_DEFAULT_REGION` first, then the profile that is chosen by `AWS_PROFILE`.
 */
export function usualEnvironment(env: NodeJS.ProcessEnv = process.env): Omit<AwsProfile, 'name'> {
  const profile = readAwsProfiles(env).find(({ name }) => name === (env.AWS_PROFILE || 'default'));
  const account = env.CDK_DEFAULT_ACCOUNT || profile?.account;
  const region = env.CDK_DEFAULT_REGION || env.AWS_REGION || env.AWS_DEFAULT_REGION || profile?.region;
  return { ...(account && { account }), ...(region && { region }) };
}

/** Sections and settings: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html */
export function parseProfiles(text: string): AwsProfile[] {
  const profiles = new Map<string, Record<string, string>>();
  let section: Record<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const title = /^\[\s*(.+?)\s*\]/.exec(line)?.[1];
    if (title !== undefined) {
      const name = title === 'default' ? title : /^profile\s+["']?(.+?)["']?$/.exec(title)?.[1];
      section = name === undefined ? undefined : (profiles.get(name) ?? {});
      if (name !== undefined && section !== undefined) profiles.set(name, section);
      continue;
    }
    // An indented line belongs to a nested setting, such as those of s3.
    const [, key, value] = /^([\w-]+)\s*=\s*(.*?)\s*(?:\s[#;].*)?$/.exec(line) ?? [];
    if (section !== undefined && key !== undefined && value !== undefined) section[key] = value;
  }
  return [...profiles].map(([name, settings]) => describe(name, settings));
}

/** Settings that name an account: https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html */
function describe(
  name: string,
  { aws_account_id, sso_account_id, role_arn, region }: Record<string, string>,
): AwsProfile {
  const ofRole = /^arn:[\w-]+:iam::(\d{12}):/.exec(role_arn ?? '')?.[1];
  const account = [ofRole, sso_account_id, aws_account_id].find((id) => id !== undefined && /^\d{12}$/.test(id));
  return {
    name,
    ...(account !== undefined && { account }),
    ...(region !== undefined && /^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region) && { region }),
  };
}
