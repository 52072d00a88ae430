/** Checks with options that nobody would write: they are refused in words, or they work. */
import { deepFreeze } from '@cdkpipe/core';
import type { Check, Finding } from '../check/check.ts';
import { tryExamples } from '../subject/examples.ts';
import { judgeFault } from '../trial/judge-fault.ts';
import { validate } from '../trial/kinds.ts';
import { contextAt } from '../trial/lower-context.ts';
import { nearOptions, strangeOptions } from '../trial/strange-options.ts';
import { unmendable } from './drawing-checks.ts';

export const steadySchemaCheck: Check = {
  id: 'CP211',
  severity: 'error',
  title: 'the schema answers whatever it is given',
  why: 'a schema that throws shows a stack trace to whoever mistyped an option',
  fix: 'let checks of your own return whether the value is right; guard what they read',
  looksAt: 'plugin',
  async run({ plugin: { kinds = [] } }) {
    const findings: Finding[] = [];
    for (const kind of kinds)
      for (const options of strangeOptions(kind, 300))
        try {
          await validate(kind, deepFreeze(options));
        } catch (error) {
          findings.push({
            about: `kind ${kind.name}`,
            message: `${shown(options)} makes it throw: ${messageOf(error)}`,
          });
          break;
        }
    return findings;
  },
};

/** How many strange steps are drawn of each kind; each is a whole synthesis. */
const drawn = 6;

export const steadyDrawingCheck: Check = {
  id: 'CP212',
  severity: 'error',
  title: 'what the schema accepts is drawn, or refused with a code and a fix',
  why: 'options that pass the schema and then crash a renderer end in exit code 3 and the name of the plugin',
  fix: 'tighten the schema, or throw refused([{ code, message, path, fix }])',
  looksAt: 'plugin',
  async run({ plugin, trials }) {
    if ((await trials.bare()).type !== 'drawn') return [];
    const examined = await tryExamples({ plugin, trials });
    const findings: Finding[] = [];
    for (const kind of plugin.kinds ?? []) {
      // Where no example is drawn, nothing can be told of other options.
      const places = examined.flatMap((each) =>
        each.kind === kind && each.outcome.type === 'drawn' ? [each.trial] : [],
      );
      const examples = new Set((kind.examples ?? []).map(({ options }) => JSON.stringify(options)));
      const seen = new Set<string>();
      let tried = 0;
      for (const options of nearOptions(kind, 400)) {
        const text = JSON.stringify(options) ?? '';
        if (seen.has(text) || examples.has(text)) continue;
        seen.add(text);
        const validated = await accepted(() => validate(kind, options));
        if (!validated) continue;
        const about = `kind ${kind.name}, options ${shown(options)}`;
        const place = places[tried % places.length];
        if (!place) break;
        const { backend, position } = place;
        const fault = kind.lower && faultOf(() => kind.lower?.(validated.value, contextAt(position)));
        if (fault?.type === 'crash') findings.push({ about, message: fault.message });
        else if (fault?.type === 'refused') findings.push(...unmendable(fault.problems, about));
        else if (!fault && tried < drawn) {
          tried += 1;
          const step = { kind: kind.name, name: 'Tried', options };
          const outcome = await trials.attempt({ backend, position, step });
          if (outcome.type === 'crash') findings.push({ about, message: outcome.message });
          if (outcome.type === 'refused') findings.push(...unmendable(outcome.problems, about));
        }
        if (findings.length > 0) break;
      }
    }
    return findings;
  },
};

async function accepted(check: () => ReturnType<typeof validate>): Promise<{ value: unknown } | undefined> {
  try {
    const result = await check();
    return 'value' in result ? { value: deepFreeze(result.value) } : undefined;
  } catch {
    return undefined;
  }
}

function faultOf(work: () => unknown) {
  try {
    work();
    return undefined;
  } catch (error) {
    return judgeFault(error);
  }
}

function shown(options: unknown): string {
  const text = JSON.stringify(options) ?? 'undefined';
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
