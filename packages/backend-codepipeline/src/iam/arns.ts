/** ARNs of IAM, written out. */
import type { CdkModules } from '../aws/modules.ts';

/** A whole account as a principal. */
export function accountRoot({ partition }: CdkModules, account: string): string {
  return `arn:${partition}:iam::${account}:root`;
}

export function roleArnOf({ partition }: CdkModules, account: string, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** Account of the role an ARN names; undefined where a token stands for it. */
export function findAccountOfRole(arn: unknown): string | undefined {
  return typeof arn === 'string' ? /^arn:[^:]+:iam::(\d{12}):role\//.exec(arn)?.[1] : undefined;
}
