/** Which findings an author has acknowledged, with the reason. */
import type { RuleFinding } from '../contracts/rule.ts';
import { acknowledgementUnused } from '../errors/catalogue/rules.ts';
import type { Problem } from '../errors/problem.ts';
import type { PlanNote } from '../plan/plan.ts';
import type { Acknowledgement } from '../shape/acknowledgements.ts';

/** Those that hold for a place, the nearest first. */
export function findAcknowledgements(all: readonly Acknowledgement[], rule: string, path: string): Acknowledgement[] {
  return all
    .filter((each) => each.rule === rule && isInside(path, each.holdsFor))
    .sort((a, b) => b.holdsFor.length - a.holdsFor.length);
}

/** `waves[1]` holds `waves[1].before`, and not `waves[10]`. */
function isInside(path: string, place: string): boolean {
  return place === '' || path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

export function findUnused(all: readonly Acknowledgement[], used: ReadonlySet<Acknowledgement>): Problem[] {
  return all.filter((each) => !used.has(each)).map(({ path, rule }) => acknowledgementUnused(path, rule));
}

export function noteOf(rule: string, { message, path = '' }: RuleFinding, { reason }: Acknowledgement): PlanNote {
  return { about: rule, text: `${path === '' ? '' : `${path}: `}${message}, acknowledged: ${reason}` };
}
