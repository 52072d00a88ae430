/** Words for outputs that are selected from the constructed stage. */
import type { Problem } from '../problem.ts';

export const outputSelectorInvalid = (found: string): Problem => ({
  code: 'OUTPUT_SELECTOR_INVALID',
  message: `the function given to output(...) cannot be read as a property of the stage: ${found}`,
  fix: 'return a property and do nothing else, as in output((stage: OrdersStage) => stage.url)',
});

/** @param selected as the author writes it */
export const outputNotSelected = (
  path: string,
  selected: string,
  deployment: string,
  { found, fix }: { readonly found: string; readonly fix: string },
): Problem => ({
  code: 'OUTPUT_NOT_SELECTED',
  message: `${selected} selects no output of the deployment "${deployment}": ${found}`,
  path,
  fix,
});
