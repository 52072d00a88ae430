/** A policy document as IAM takes it. */
import type { ReasonedStatement } from './statements.ts';

export function policyDocument(statements: readonly ReasonedStatement[]): unknown {
  return { Version: '2012-10-17', Statement: statements.map(({ statement }) => statement) };
}
