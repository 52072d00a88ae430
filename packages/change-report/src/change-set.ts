/** A change set as plain data: what a report is made from. */
import type { Template } from './template.ts';

/** Why one part of a resource changes, in CloudFormation's words. */
export interface ChangeDetail {
  /** For example `Properties` or `Tags`. */
  readonly attribute?: string;
  /** Name of the property. */
  readonly name?: string;
  /** `DirectModification`, `ParameterReference`, `ResourceReference`, `ResourceAttribute` or `Automatic`. */
  readonly source?: string;
  /** `Always`, `Conditionally` or `Never`. */
  readonly requiresRecreation?: string;
  readonly causedBy?: string;
}

export interface ResourceChange {
  readonly logicalId: string;
  readonly type: string;
  /** CloudFormation's word: `Add`, `Modify`, `Remove`, `Import`, `Dynamic`, or one it adds later. */
  readonly action: string;
  /** Whether a modified resource is replaced: `True`, `False` or `Conditional`. */
  readonly replacement?: string;
  /** What becomes of the old resource, for example `Delete`, `Retain`, `Snapshot`, `ReplaceAndRetain`. */
  readonly policyAction?: string;
  readonly physicalId?: string;
  /** ARN of the change set of a nested stack, where there is one. */
  readonly nestedChangeSet?: string;
  readonly details?: readonly ChangeDetail[];
}

export interface ChangeSet {
  /** Name of the stack; of a nested one with the logical IDs that lead to it, `Beta-Orders/Inner`. */
  readonly stack: string;
  /** ARN, which no other change set ever has; absent where CloudFormation made none. */
  readonly id?: string;
  /** True where CloudFormation found nothing to change. */
  readonly isEmpty: boolean;
  /** True where a change set was expected and none was found: what will happen is not known. */
  readonly isMissing?: boolean;
  /** `AVAILABLE` as long as it can be executed. */
  readonly executionStatus?: string;
  readonly changes: readonly ResourceChange[];
  /** What is deployed, `{}` for a new stack; absent where it could not be read. */
  readonly before?: Template;
  /** What would be; absent where it could not be read, and where the change set is empty: then `before` stays. */
  readonly after?: Template;
}
