/** The assembly as plain data: what the plan needs to know of the stacks that were built. */
import type { Environment } from '../model/environment.ts';

/** A rule of CloudFormation's validator that an author has acknowledged; without `resource` for the whole template. */
export interface AcknowledgedRule {
  readonly rule: string;
  /** Logical ID. */
  readonly resource?: string;
}

/** One upload that a stack needs: an asset at one of its destinations. */
export interface StackAsset {
  /** As the manifest names it, for example a hash. */
  readonly id: string;
  /** Name of the destination in the manifest. */
  readonly destination: string;
  readonly type: 'file' | 'image';
  /** Where it lies afterwards; equal for two uploads that would do the same. */
  readonly target: string;
  /** Whether it is the template of the stack itself. */
  readonly isTemplate: boolean;
  /** What an image is built for, as Docker writes it, such as `linux/arm64`; absent for the builder's own, and for files. */
  readonly platform?: string;
  /** Role that uploads it, as CDK writes it. */
  readonly roleArn?: string;
  /** Present where that role is assumed with session tags. */
  readonly tagsSession?: true;
}

/** What can flow from one stack to another by a name. `output` is what `Fn::GetStackOutput` reads. */
export type ValueKind =
  | 'export'
  | 'output'
  | 'parameter'
  | 'secret'
  | 'key pair'
  | 'security group'
  | 'macro'
  | 'resource type';

/** A value that a stack takes, or may take, from another stack of its deployment. */
export interface TakenValue {
  /** ID of the stack that makes the value. */
  readonly stack: string;
  readonly kind: ValueKind;
  /** The value as a person calls it: the name of the export, output, parameter and so on. */
  readonly value: string;
  /**
   * When CloudFormation reads it: `prepare` when the change set is created, which fails where the value does not exist;
   * `execute` while the change set executes, so that no change set shows the value.
   */
  readonly readAt: 'prepare' | 'execute';
  /**
   * Why it is not certain that the other stack makes the value, for example `a custom resource (Custom::Key) may make it`.
   * Absent where the two templates say that it does.
   */
  readonly doubt?: string;
}

export interface AssembledStack {
  /** Path of the stack's construct inside the deployment, for example `Orders`. */
  readonly id: string;
  /** Name of the stack in CloudFormation. */
  readonly stackName: string;
  /** ID in the manifest of the assembly that holds it. */
  readonly artifactId: string;
  readonly env: Environment;
  /** Template file relative to the cloud assembly's root. */
  readonly templateFile: string;
  /** IDs of the stacks of this deployment that must be executed first. */
  readonly dependencies: readonly string[];
  /** Values that it takes from other stacks of the deployment, or may take from stacks that execute before it. */
  readonly imports: readonly TakenValue[];
  /** Logical IDs of the outputs. */
  readonly outputs: readonly string[];
  /**
   * Logical IDs of outputs by the property of the constructed stage that holds them, such as `api.url`; of those that
   * approvals select so. Absent for none.
   */
  readonly outputProperties?: Readonly<Record<string, string>>;
  /** Asset manifest relative to the cloud assembly's root; absent where there is none. */
  readonly assetManifest?: string;
  /** What the manifest uploads, in its order. */
  readonly assets: readonly StackAsset[];
  /** Present where making a change set reads assets: a nested stack's template, or what a macro takes. */
  readonly preparesFromAssets?: true;
  /** Whether the manifest publishes images. */
  readonly hasDockerAssets: boolean;
  /** Roles that publish the assets, as CDK writes them. */
  readonly publishingRoleArns: readonly string[];
  /** Bootstrap role that an action assumes, as CDK writes it; absent for the CLI credentials synthesizer. */
  readonly deployRoleArn?: string;
  /** External ID that must be given with the deploy role. */
  readonly deployExternalId?: string;
  /** What else must be given with the deploy role, by the names that STS has for it, such as `Tags`; absent for nothing. */
  readonly deployRoleOptions?: readonly string[];
  /** Bootstrap role that may read the environment; absent where the stack names none. */
  readonly lookupRoleArn?: string;
  /** External ID that must be given with the lookup role. */
  readonly lookupExternalId?: string;
  /** What else must be given with the lookup role; absent for nothing. */
  readonly lookupRoleOptions?: readonly string[];
  /** Bootstrap role that CloudFormation assumes. */
  readonly executionRoleArn?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Present where the stack asks for termination protection. */
  readonly terminationProtection?: true;
  /** Values that the assembly gives to parameters of the template; absent for none. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Parameters of the template that have neither such a value nor a default; absent for none. */
  readonly openParameters?: readonly string[];
  readonly acknowledgedRules: readonly AcknowledgedRule[];
}

export interface AssembledDeployment {
  readonly name: string;
  /** Directory relative to the cloud assembly's root. */
  readonly directory: string;
  /** Every stack behind those it depends on; ties in the order of their IDs. */
  readonly stacks: readonly AssembledStack[];
}

export interface Assembly {
  readonly deployments: readonly AssembledDeployment[];
}
