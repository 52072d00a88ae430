/** Lets a deployment use an existing `Stage` class, such as one of an app that was written for CDK Pipelines. */
import type { Stage, StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Environment } from '../model/environment.ts';

type OwnProps<Props> = Omit<Props, 'env'>;

/** The options of {@link stageClass}; `props` may be left out where the class requires none but `env`. */
export type StageClassOptions<Props> =
  Record<never, never> extends OwnProps<Props>
    ? [options?: { readonly props?: OwnProps<Props> }]
    : [options: { readonly props: OwnProps<Props> }];

/** A `Stage` class with its props, as the `stacks` of a deployment. */
export interface StageClass {
  /** Constructs the stage with the deployment's name as its ID and the deployment's `env`. */
  construct(scope: Construct, id: string, env: Environment): Stage;
}

/**
 * Uses an existing `Stage` class as it is: `stacks: stageClass(OrdersStage, { props: { size: 'large' } })`.
 *
 * The class is constructed with `(scope, id, props)`, where `id` is the deployment's name and `props` holds the
 * deployment's `env`, which replaces an `env` of the given props.
 */
export function stageClass<Props extends StageProps>(
  // biome-ignore lint/suspicious/noExplicitAny: the class may require more of its scope than a Construct
  Class: new (scope: any, id: string, props: Props) => Stage,
  ...[options]: StageClassOptions<Props>
): StageClass {
  return {
    construct: (scope, id, env) => new Class(scope, id, { ...options?.props, env } as unknown as Props),
  };
}

export function isStageClass(value: unknown): value is StageClass {
  return typeof value === 'object' && value !== null && 'construct' in value && typeof value.construct === 'function';
}
