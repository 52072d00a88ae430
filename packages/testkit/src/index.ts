/** The door of @cdkpipe/testkit: the checks, and what runs them. */
export type { Check, CheckResult, Finding } from './check/check.ts';
export { type CheckReport, checkInChild } from './check-in-child.ts';
export { type CheckOptions, checkPackage } from './check-package.ts';
export { checks } from './checks/checks.ts';
