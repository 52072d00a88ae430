/** What the validator's thread is told, and what it answers. */
import type { RuleFinding } from './template-finding.ts';

/** Files of the validator in the user's aws-cdk-lib. */
export interface ValidatorFiles {
  /** Names validator and rules; another identity may find other things. */
  readonly identity: string;
  /** Directory of the validator's package. */
  readonly entry: string;
  /** Directory of the rules that the CDK adds. */
  readonly rules: string;
}

export interface Job {
  readonly text: string;
  readonly account?: string;
  readonly region?: string;
}

/** `unfit`: the module is not the validator we know; `failure`: this job broke it. */
export type Answer =
  | { readonly job: number; readonly findings: readonly RuleFinding[] }
  | { readonly job: number; readonly failure: string }
  | { readonly unfit: string };
