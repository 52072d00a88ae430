/** One step of the author's making: something to run or to decide, of a kind that a plugin brings. */
import type { Environment } from './environment.ts';

/**
 * Where a step may stand: around the build, before a wave or the pipeline's update of itself (`wave`), between
 * prepare and execute (`change`), or after execute (`approval`).
 */
export type StepPosition = 'build' | 'wave' | 'change' | 'approval';

/** The positions in which a step can stop a deployment. */
export function isGatePosition(position: StepPosition): boolean {
  return position !== 'build';
}

export interface Step {
  /**
   * Unique in the pipeline: `ProdEu/ReviewChanges` in a deployment, `Prod:before/Window` before a wave,
   * `UpdatePipeline:before/Review` before the update, `build:step/Lint` around the build. For a gate, its name in the ledger.
   */
  readonly id: string;
  readonly name: string;
  /** Name of the kind, for example `manual`. */
  readonly kind: string;
  readonly position: StepPosition;
  /** What the kind's schema made of the author's options. */
  readonly options: unknown;
  /** Where the step's code runs; absent for kinds that run none. */
  readonly runIn?: Environment;
  /** Environment variables whose last values later steps may use; absent where none. */
  readonly exports?: readonly string[];
  /** Present for a step that a kind was lowered to. */
  readonly lowered?: {
    /** ID of the step that the author declared; for a gate, the gate that this step stands for. */
    readonly from: string;
    /** Its name inside its owner: the names of the steps on the way and its own, such as `Soak/Watch`. */
    readonly name: string;
  };
  /** Place in the definition, for example `waves[0].deployments[0].approvals[1]`. */
  readonly path: string;
}

/** ID of the step that the author declared: the step itself, or the one that was lowered to it. */
export const declaredId = ({ id, lowered }: Step): string => lowered?.from ?? id;

/** The name of a step inside its owner; that of a lowered one holds the names of those it stands for. */
export const nameInOwner = ({ name, lowered }: Step): string => lowered?.name ?? name;
