/** Environment variables and the values in them. */
import { findReferences, findStep, type Plan, type PlanNode, type Problem, referenceText } from '@cdkpipe/core';
import { valueUnsupported, variableReserved } from '../problems/plans.ts';
import { isKnownAttribute } from '../spell/spell-values.ts';

export function checkValues({ nodes }: Plan): Problem[] {
  return nodes.flatMap((node) => {
    const place = { path: node.path, node: node.id };
    const references = findReferences(settingsOf(node)).map(({ reference }) => reference);
    return [
      ...namesOf(node).flatMap((name) => (isReserved(name) ? [variableReserved(name, place)] : [])),
      ...references.flatMap((reference) =>
        reference.$ref === 'source' && (reference.directory !== undefined || !isKnownAttribute(reference.attribute))
          ? [valueUnsupported(referenceText(reference), place)]
          : [],
      ),
    ];
  });
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables#naming-conventions-for-environment-variables */
function isReserved(name: string): boolean {
  return /^(GITHUB|RUNNER|ACTIONS|CDKPIPE)_/i.test(name);
}

function namesOf(node: PlanNode): string[] {
  const settings = settingsOf(node);
  if (typeof settings !== 'object' || settings === null || !('env' in settings)) return [];
  return Object.keys(settings.env ?? {});
}

function settingsOf(node: PlanNode): unknown {
  return node.type === 'build' && node.work.role === 'main' ? node.work.build : findStep(node)?.options;
}
