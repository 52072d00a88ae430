/** Trust policies: who may take a role on, and for whom. */

/** A service, on behalf of an account. */
export interface ServiceTrust {
  /** For example `codebuild.amazonaws.com`. */
  readonly service: string;
  /** Account on whose behalf the service must act. */
  readonly account: string;
  /** ARN, or pattern, of what the service must act for. */
  readonly sourceArn?: string;
}

/** One role, which may be of another account and need not exist yet. */
export interface RoleTrust {
  readonly role: string;
  /** The account as a principal: `arn:aws:iam::111111111111:root`. */
  readonly accountRoot: string;
}

export type Trust = ServiceTrust | RoleTrust;

/** Services that AWS documents to send both keys when they assume a role. */
const senders: ReadonlySet<string> = new Set([
  'codebuild.amazonaws.com',
  'events.amazonaws.com',
  'scheduler.amazonaws.com',
]);

export function trustPolicy(trust: Trust): unknown {
  const statement = 'service' in trust ? serviceStatement(trust) : roleStatement(trust);
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }] };
}

/**
 * Conditions against the confused deputy. Of services whose documentation does not promise the keys they are asked for
 * only where they are sent, as a role that can never be assumed protects nothing. CodePipeline is one of those: its user
 * guide has no page about the confused deputy, and the trust it prints for the service role has no condition.
 */
function serviceStatement({ service, account, sourceArn }: ServiceTrust) {
  const suffix = senders.has(service) ? '' : 'IfExists';
  return {
    Principal: { Service: service },
    Condition: {
      [`StringEquals${suffix}`]: { 'aws:SourceAccount': account },
      ...(sourceArn === undefined ? {} : { [`ArnLike${suffix}`]: { 'aws:SourceArn': sourceArn } }),
    },
  };
}

/**
 * The role is named by a condition: IAM refuses a principal that does not exist, and remembers the ID of one that does,
 * so that a role made anew would be locked out.
 */
function roleStatement({ role, accountRoot }: RoleTrust) {
  return { Principal: { AWS: accountRoot }, Condition: { ArnEquals: { 'aws:PrincipalArn': role } } };
}
