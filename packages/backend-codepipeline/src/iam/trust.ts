/** Trust policies: which service may take a role on, and for whom. */

export interface Trust {
  /** For example `codebuild.amazonaws.com`. */
  readonly service: string;
  /** Account on whose behalf the service must act. */
  readonly account: string;
  /** ARN, or pattern, of what the service must act for. */
  readonly sourceArn?: string;
}

/** Services that AWS documents to send both keys when they assume a role. */
const senders: ReadonlySet<string> = new Set(['codebuild.amazonaws.com', 'events.amazonaws.com']);

/**
 * A trust policy with conditions against the confused deputy. Of services whose documentation does not promise the
 * keys they are asked for only where they are sent, as a role that can never be assumed protects nothing.
 */
export function trustPolicy({ service, account, sourceArn }: Trust): unknown {
  const suffix = senders.has(service) ? '' : 'IfExists';
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        Condition: {
          [`StringEquals${suffix}`]: { 'aws:SourceAccount': account },
          ...(sourceArn === undefined ? {} : { [`ArnLike${suffix}`]: { 'aws:SourceArn': sourceArn } }),
        },
      },
    ],
  };
}
