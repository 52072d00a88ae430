/** Tokens and credentials: the runner asks for them whenever it needs them, so that none has to last. */
import { fromWebToken } from '@aws-sdk/credential-providers';
import type { AwsCredentials, CredentialsOf } from '@cdkpipe/deployer-cloudformation';
import { audience } from '../access/trust.ts';
import type { Roles } from '../jobs-file/jobs-file.ts';
import { Refusal } from './refusal.ts';
import { required, type Surroundings } from './surroundings.ts';

const pauses = [1_000, 4_000, 16_000] as const;

/** https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token */
export async function mintToken(surroundings: Surroundings): Promise<string> {
  const url = new URL(required(surroundings, 'ACTIONS_ID_TOKEN_REQUEST_URL'));
  url.searchParams.set('audience', audience);
  const authorization = `bearer ${required(surroundings, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN')}`;
  for (let attempt = 0; ; attempt += 1) {
    const response = await surroundings.fetch(url.href, { headers: { authorization, accept: 'application/json' } });
    if (response.ok) {
      const { value } = (await response.json()) as { value?: unknown };
      if (typeof value === 'string' && value !== '') return value;
      throw new Refusal(['GitHub has issued no token for AWS']);
    }
    const pause = pauses[attempt];
    if (response.status < 500 || pause === undefined)
      throw new Refusal([
        `GitHub answers ${response.status} to the request for a token; the job needs \`permissions: { id-token: write }\``,
      ]);
    await surroundings.sleep(pause);
  }
}

export interface AssumedRole {
  readonly arn: string;
  readonly session: string;
  readonly region: string;
}

/** Called again by the SDK before they end: each call begins with a new token of GitHub. */
export function roleCredentials(
  surroundings: Surroundings,
  { arn, session, region }: AssumedRole,
): () => Promise<AwsCredentials> {
  return async () => {
    const webIdentityToken = await mintToken(surroundings);
    const assume = fromWebToken({ roleArn: arn, roleSessionName: session, webIdentityToken, clientConfig: { region } });
    return assume();
  };
}

/** By account, with the roles of a job. */
export function credentialsFor(
  surroundings: Surroundings,
  roles: Roles,
  session: string,
  region: string,
): CredentialsOf {
  return (account) => {
    const arn = roles[account];
    if (arn === undefined) throw new Refusal([`the job has no role in the account ${account}`]);
    return roleCredentials(surroundings, { arn, session, region });
  };
}

/** Session names are 2 to 64 of `[\w+=,.@-]` (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html). */
export function sessionName(run: string, job: string): string {
  return `cdkpipe-${run}-${job}`.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 64);
}
