/** The texts that approvals ask of a report, each with the room it has. */
import type { RequestedText } from '../reviews/function/contract.ts';

export interface RequestedTexts {
  /** Name of the output variable that will hold the text; the same for the same request. */
  ask(reviewSet: string, text: RequestedText): string;
  /** What was asked of one report, by variable. */
  of(reviewSet: string): Readonly<Record<string, RequestedText>>;
}

export function collectTexts(): RequestedTexts {
  const asked = new Map<string, Record<string, RequestedText>>();
  return {
    ask(reviewSet, text) {
      const variable = `${text.about === 'summary' ? 'Summary' : 'Findings'}${text.room}`;
      asked.set(reviewSet, { ...asked.get(reviewSet), [variable]: text });
      return variable;
    },
    of: (reviewSet) => asked.get(reviewSet) ?? {},
  };
}
