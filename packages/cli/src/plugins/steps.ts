/** The steps of commands that change plugins, as whoever watches is told of them. */

export type PluginStep = 'look up' | 'install' | 'uninstall' | 'load' | 'write';

export type PluginStepEvent =
  | { readonly type: 'phaseStart'; readonly phase: PluginStep }
  | { readonly type: 'phaseEnd'; readonly phase: PluginStep; readonly summary: string };

export type StepObserver = (event: PluginStepEvent) => void;

/** Runs one step between its two events; one that throws never ends. */
export async function stepOf<T>(
  observe: StepObserver,
  phase: PluginStep,
  work: () => Promise<{ readonly result: T; readonly summary: string }>,
): Promise<T> {
  observe({ type: 'phaseStart', phase });
  const { result, summary } = await work();
  observe({ type: 'phaseEnd', phase, summary });
  return result;
}
