/** What this backend offers to a renderer. */
import type { CdkLibrary, Environment, OutputReference, PlanNode, ValueReference } from '@cdkpipe/core';
import type { Construct } from 'constructs';
import type { ActionDeclaration, ActionLocation, ActionPlace } from './action-declaration.ts';
import type { CodeBuildSpec } from './code-build-spec.ts';
import type { FunctionReference, FunctionSpec } from './function-spec.ts';
import type { Grant } from './grant.ts';
import type { ReviewedChanges } from './reviewed-changes.ts';
import type { Told, ToldPeople } from './told-people.ts';

/** What a role, or an action, may have beside its grants. */
export interface ReadsInputs {
  /** Names of the artifacts that it reads; `true` for all artifacts of the pipeline, default `false` for none. */
  readonly readsInputs?: boolean | readonly string[];
}

/** What a role of a service may have beside its grants. */
export interface ServiceRoleOptions extends ReadsInputs {
  /** Compared with `aws:SourceArn`, beside the account, where the service sends it. */
  readonly sourceArn?: string;
}

/**
 * What a renderer for `codepipeline` is given.
 *
 * @example
 * render: ({ options: { url } }, context) =>
 *   context.codeBuild({ category: 'Test', commands: ['curl --fail "$URL"'], env: { URL: url } }),
 */
export interface CodePipelineContext {
  readonly node: PlanNode;
  readonly cdk: CdkLibrary;
  /** Where the pipeline lives. */
  readonly pipelineEnv: Environment;
  /** Where the step runs: `runIn` of a kind with `runsCode`, else where the pipeline lives. */
  readonly env: Environment;
  /** Partition for ARNs, for example `aws`. */
  readonly partition: string;
  /** The action itself, for what must find it from outside. */
  readonly action: ActionPlace;
  /** Directory of the definition. */
  readonly projectDirectory: string;
  /**
   * A construct of this node's own, in a stack that is deployed to `env` before the pipeline's. A stack elsewhere than
   * at {@link pipelineEnv} cannot share CDK tokens with the pipeline's: give what an action names a {@link physicalName}.
   */
  scopeIn(env: Environment): Construct;
  /**
   * Region, role and grants of an action that works in `env`. In the pipeline's account its own role gets the grants; in
   * another one a role there does, which only the pipeline's role may assume. At most once for each environment.
   *
   * @param options `readsInputs` where CodePipeline hands artifacts to the work with the action's role, as it does for
   *   Lambda; not for CodeBuild, which reads them with the role of the project
   * @throws CdkpipeError `ARTIFACTS_OUT_OF_REACH` where inputs are read from an account that no `runIn` names
   */
  workIn(env: Environment, grants: readonly Grant[], options?: ReadsInputs): ActionLocation;
  /**
   * A name for a resource in `env`: at most 64 characters of `A-Z a-z 0-9 _ -`, different for each pipeline, step,
   * environment and `id`.
   *
   * @param id letters, digits, `_` and `-`; tells apart what the step has there
   */
  physicalName(id: string, env: Environment): string;
  /**
   * A value as CodePipeline resolves it inside a configuration: `#{namespace.name}`. CodePipeline pastes it in as it
   * is, so that inside JSON it may end the text; refused before the value is certainly known.
   */
  value(reference: ValueReference): string;
  /**
   * Whether the value may contain quotation marks, line breaks or other text that somebody chose. Only a value for which
   * this is false may be placed inside JSON or code; hand any other to {@link codeBuild}, which looks it up.
   */
  mayHoldQuotes(reference: ValueReference): boolean;
  /** The same as {@link value}, of an output. */
  output(reference: OutputReference): string;
  /** What the change sets would do; present for a step in `changes`. */
  readonly changes?: ReviewedChanges;
  /** Marks text as data; refuses what CodePipeline would resolve (`#{`) and has no way to escape. */
  text(text: string, option: string): string;
  /** An action that runs commands in a CodeBuild project in {@link env}, with its role, logs and policies. */
  codeBuild(spec: CodeBuildSpec): ActionDeclaration;
  /** Makes a function in {@link env}; at most one for a step. */
  makeFunction(spec: FunctionSpec): FunctionReference;
  /** An action that invokes a function in {@link env}; its text is part of the job that the function gets. */
  invoke(called: FunctionReference, userParameters?: string): ActionDeclaration;
  /**
   * Has people told when an approval begins. Addresses get an encrypted topic of the step's own.
   *
   * @throws CdkpipeError `TOPIC_IN_OTHER_REGION` when the topic is not in the pipeline's region
   */
  tell(people: ToldPeople): Told;
  /**
   * A role that only `service` may assume, on behalf of the account that `scope` is deployed to, with the statements given.
   *
   * @param options `readsInputs` where the service itself reads the input artifacts, in the region of `scope`; `sourceArn`
   *   for the ARN, or pattern, of what the service must act for
   * @throws CdkpipeError `ARTIFACTS_OUT_OF_REACH` as {@link workIn} does
   */
  serviceRole(
    scope: Construct,
    id: string,
    service: string,
    grants: readonly Grant[],
    options?: ServiceRoleOptions,
  ): { readonly arn: string };
}
