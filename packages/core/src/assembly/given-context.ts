/** Carries the values of `--context` from a run on this machine to the `cdkpipe synth` of its build. */
import { parseJson } from '../loading/parse-json.ts';

const variable = 'CDKPIPE_CONTEXT';

/** Environment variables by which {@link readGivenContext} finds `context`; none where it is empty. */
export function givenContextVariables(context: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.keys(context).length === 0 ? {} : { [variable]: JSON.stringify(context) };
}

/** Empty where the variable is not set, or was set by something else. */
export function readGivenContext(env: NodeJS.ProcessEnv): Readonly<Record<string, unknown>> {
  const parsed = parseJson(env[variable] ?? '{}');
  const value = 'value' in parsed ? parsed.value : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
