/** What the host tells its observer while it works; views turn it into lines or a tree. */
import type { TapTrace } from '../hooks/phase-hooks.ts';

export type Phase = 'configure' | 'model' | 'assemble' | 'plan' | 'render' | 'validate' | 'write';

export type ProgressEvent =
  | { readonly type: 'phaseStart'; readonly phase: Phase }
  /** `summary` is one short phrase about what the phase made, for example `3 waves, 4 gates`. */
  | { readonly type: 'phaseEnd'; readonly phase: Phase; readonly summary: string }
  /** Only where the request asks for it with `traceHooks`. */
  | { readonly type: 'tap'; readonly tap: TapTrace };

export type Observer = (event: ProgressEvent) => void;

/** Runs one phase between its two events; a phase that throws never ends. */
export async function phaseOf<T extends { readonly summary: string }>(
  observe: Observer,
  phase: Phase,
  work: () => T | Promise<T>,
): Promise<T> {
  observe({ type: 'phaseStart', phase });
  const result = await work();
  observe({ type: 'phaseEnd', phase, summary: result.summary });
  return result;
}
