/** What an author says of lint rules: settings and acknowledgements, which no hook may change. */
import type { Acknowledgements, RuleSettings } from '../definition/rules.ts';
import type { ShapedDefinition } from './definition-schema.ts';

/** Warnings of one rule that are accepted at a place and everywhere inside of it. */
export interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
  /** Place in the definition of what it holds for; empty for the whole. */
  readonly holdsFor: string;
  /** Its own place, for messages. */
  readonly path: string;
}

export function acknowledgementsIn(definition: ShapedDefinition): Acknowledgement[] {
  return ownersIn(definition).flatMap(({ path: holdsFor, acknowledge }) =>
    Object.entries(acknowledge ?? {}).map(([rule, reason]) => ({
      rule,
      reason,
      holdsFor,
      path: `${holdsFor === '' ? '' : `${holdsFor}.`}acknowledge[${JSON.stringify(rule)}]`,
    })),
  );
}

/** The same for two definitions in which the author says the same of rules, wherever waves and deployments stand. */
export function ruleDecisions(definition: ShapedDefinition): object {
  const rules: RuleSettings = definition.rules;
  const acknowledged = ownersIn(definition).flatMap(({ owner, acknowledge = {} }) =>
    Object.keys(acknowledge).length > 0 ? [[owner, acknowledge] as const] : [],
  );
  return { rules, acknowledged: Object.fromEntries(acknowledged) };
}

interface Owner {
  readonly owner: string;
  readonly path: string;
  readonly acknowledge?: Acknowledgements | undefined;
}

function ownersIn({ acknowledge, waves }: ShapedDefinition): Owner[] {
  return [
    { owner: 'pipeline', path: '', acknowledge },
    ...waves.flatMap((wave, w): Owner[] => [
      { owner: `wave ${wave.name}`, path: `waves[${w}]`, acknowledge: wave.acknowledge },
      ...wave.deployments.map((deployment, d) => ({
        owner: `deployment ${deployment.name}`,
        path: `waves[${w}].deployments[${d}]`,
        acknowledge: deployment.acknowledge,
      })),
    ]),
  ];
}
