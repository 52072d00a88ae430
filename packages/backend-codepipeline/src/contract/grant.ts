/** What a role may do, and why. */

/** A statement whose resources may be CDK tokens or CloudFormation intrinsics. */
export interface Grant {
  /** Default `Allow`; the pipeline's own role takes nothing else. */
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly conditions?: Readonly<Record<string, unknown>>;
  /** Why the role needs it; it becomes the statement's documentation. */
  readonly reason: string;
  /** Why a resource stands for several (`*`); told to cdk-nag, which otherwise reports it. */
  readonly wildcard?: string;
  /** Managed policy that holds it, for what many roles need in the same words; default: the role itself. */
  readonly policy?: string;
}
