/** What everything that renders one pipeline shares; `render/start-drawing.ts` makes it. */
import type { Environment, Plan, PlanNode, RenderContext } from '@cdkpipe/core';
import type { Stack } from 'aws-cdk-lib';
import type { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import type { Construct } from 'constructs';
import type { ArtifactStores } from '../artifacts/artifact-stores.ts';
import type { CdkModules } from '../aws/modules.ts';
import type { ActionDeclaration, ActionPlace } from '../contract/action-declaration.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import type { StackSet } from '../stacks/stack-set.ts';
import type { VariableReads } from '../values/variable-reads.ts';
import type { RequestedTexts } from './requested-texts.ts';

/** What a step around the build leaves behind. */
export interface StepArtifact {
  readonly artifact: string;
  /** Node that makes it. */
  readonly maker: string;
}

export interface DrawnProject {
  readonly project: CfnProject;
  readonly name: string;
  readonly arn: string;
}

/** The projects that were drawn, by all that makes them what they are. */
export type SharedProjects = Map<string, DrawnProject>;

/** The action of every node and helper, by its ID. */
export type DrawnActions = ReadonlyMap<string, ActionDeclaration>;

export interface Drawing {
  readonly context: RenderContext<CodePipelineOptions>;
  readonly plan: Plan;
  readonly cdk: CdkModules;
  /** Where the pipeline lives. */
  readonly home: Environment;
  readonly stack: Stack;
  readonly stacks: StackSet;
  readonly stores: ArtifactStores;
  readonly reads: VariableReads;
  /** CodeBuild projects, to be shared where they would be the same. */
  readonly projects: SharedProjects;
  /** Outputs of the steps drawn so far, by the directory of other workspaces they are laid in. */
  readonly stepOutputs: Map<string, StepArtifact>;
  /** ARN of the pipeline, written with its name so that nothing has to wait for it. */
  readonly pipelineArn: string;
  /** ARN of the pipeline's role, likewise. */
  readonly pipelineRoleArn: string;
  /** Where the action of a node stands. */
  placeOf(node: Pick<PlanNode, 'id' | 'name'>): ActionPlace;
  /** Texts about change sets that approvals show. */
  readonly texts: RequestedTexts;
  /** A construct for what one node needs; the same for the same node and environment. */
  scopeOf(nodeId: string, env: Environment): Construct;
}
