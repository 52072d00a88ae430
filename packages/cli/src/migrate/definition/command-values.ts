/** Values in the commands of a step: each becomes a variable, so that none is text in a shell. */
import type { OldText } from '../old-app/old-app.ts';

export interface CommandWithVariables {
  readonly command: string;
  /** Name of the parameter in Parameter Store, by the variable that holds its value. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * @param taken names of variables that the step has already; those of the result are added
 * @returns undefined where a value is not known, or would not be read where it stands
 */
export function withVariables(text: OldText, taken: Map<string, string | undefined>): CommandWithVariables | undefined {
  const parameters = new Map<string, string>();
  let command = '';
  for (const piece of text) {
    if (typeof piece === 'string') command += piece;
    else if (piece.value !== 'parameter' || !isExpanded(command)) return undefined;
    else {
      const variable = variableFor(piece.name, taken);
      taken.set(variable, piece.name);
      parameters.set(variable, piece.name);
      command += `\${${variable}}`;
    }
  }
  return { command, parameters };
}

/** Whether a shell would expand a variable behind `text`: not in single quotes, behind a backslash, or in a here document. */
function isExpanded(text: string): boolean {
  if (text.endsWith('\\') || text.includes('<<')) return false;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const mark = text.charAt(at);
    if (mark === '\\' && quote !== "'") at++;
    else if (quote === '' && (mark === "'" || mark === '"')) quote = mark;
    else if (mark === quote) quote = '';
  }
  return quote !== "'";
}

/** `/orders/zoneName` is `PARAM_ZONE_NAME`, so that no parameter is `PATH`; the same parameter has one variable. */
function variableFor(parameter: string, taken: ReadonlyMap<string, string | undefined>): string {
  const last = parameter.split('/').at(-1) ?? '';
  const words = last.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/\W+/g, '_');
  const name = `PARAM_${words.toUpperCase()}`;
  for (let number = 1; ; number++) {
    const variable = number === 1 ? name : `${name}_${number}`;
    if (!taken.has(variable) || taken.get(variable) === parameter) return variable;
  }
}
