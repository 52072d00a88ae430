/** What a renderer says of a function of Lambda. */
import type { Grant } from './grant.ts';

/** A function of Lambda. It gets a role and a log group of its own, and its log is kept for 90 days. */
export interface FunctionSpec {
  /** Source of a CommonJS module that stands in the template; or the files of an asset, of which `index` is called. */
  readonly code: string | Readonly<Record<string, string | Uint8Array>>;
  /** Export of `index`. Default `handler`. */
  readonly handler?: string;
  readonly description?: string;
  /** Minutes, 1–15: Lambda's quota. */
  readonly timeout: number;
  /** MiB. Lambda's default, 128. */
  readonly memory?: number;
  /** Texts are data: nothing resolves them. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it may do beside writing its log. */
  readonly grants?: readonly Grant[];
  /** Whether an action invokes it: it may tell how its job ended, and a call that crashed is not repeated. Default false. */
  readonly answersJobs?: boolean;
}

/** How to say a function: its name in the configuration of an action, its ARN in policies. */
export interface FunctionReference {
  readonly name: string;
  readonly arn: string;
}
