/** What became of a step that a test rendered. */
import type { ActionDeclaration, CodeBuildSpec, FunctionSpec, ToldPeople } from '@cdkpipe/backend-codepipeline';
import type { LocalAction } from '@cdkpipe/backend-local';
import type { PlanNode } from '@cdkpipe/core';
import type { GivenGrant } from './recorded-context.ts';

/** One action that the step became: the step itself, or one of those that it was lowered to. */
export interface RenderedAction<Declaration> {
  readonly node: PlanNode;
  readonly kind: string;
  /** What the renderer returned. */
  readonly declaration: Declaration;
}

export interface RenderedOnLocal {
  readonly actions: readonly RenderedAction<LocalAction>[];
  /**
   * That of the only action.
   *
   * @throws Error where the step became several, which are in `actions`
   */
  readonly declaration: LocalAction;
}

/** A resource of an emitted template that belongs to the step. */
export interface RenderedResource {
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface RenderedOnCodePipeline {
  readonly actions: readonly RenderedAction<ActionDeclaration>[];
  /**
   * That of the only action.
   *
   * @throws Error where the step became several, which are in `actions`
   */
  readonly declaration: ActionDeclaration;
  /** Every grant that a renderer gave to a role. */
  readonly grants: readonly GivenGrant[];
  /** Functions that renderers made. */
  readonly functions: readonly FunctionSpec[];
  /** CodeBuild projects that renderers asked for. */
  readonly projects: readonly CodeBuildSpec[];
  /** Who is told that an approval begins. */
  readonly told: readonly ToldPeople[];
  /** Resources of the step in the emitted templates, of one type or of all. */
  resources(type?: string): readonly RenderedResource[];
  /** The emitted templates by the IDs of their stacks, as `Template.fromJSON` of aws-cdk-lib/assertions takes them. */
  readonly templates: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** @throws Error where the step became several actions, or none */
export function onlyDeclaration<Declaration>(actions: readonly RenderedAction<Declaration>[]): Declaration {
  const [first, ...others] = actions;
  if (first && others.length === 0) return first.declaration;
  const found = actions.map(({ node }) => node.id).join(', ') || 'none';
  throw new Error(`the step became ${actions.length} actions (${found}): look at "actions"`);
}
