/** Says which statements of `rolePolicy` allow more than one may have meant, unless the definition says why. */
import type { PolicyStatement } from '../model/build.ts';
import { gatesOf } from '../model/gates.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { stepsOf } from '../model/workflow.ts';
import type { PlanNote } from '../plan/plan.ts';

/** A right, and what somebody could do who has it for every resource. */
const wide: readonly (readonly [action: string, what: string])[] = [
  ['iam:PassRole', 'passes every role of the account to services'],
  ['sts:AssumeRole', 'assumes every role that trusts its account'],
];

export function policyNotes(pipeline: Pipeline): PlanNote[] {
  const steps = [...stepsOf(pipeline.build.before), ...stepsOf(pipeline.build.after), ...gatesOf(pipeline)];
  const policies = [
    { path: 'build', statements: pipeline.build.rolePolicy },
    ...steps.map(({ path, options }) => ({ path, statements: policyOf(options) })),
  ];
  return policies.flatMap(({ path, statements }) =>
    statements.flatMap((statement, index) => {
      const [what] = reach(statement);
      if (what === undefined) return [];
      const at = `${path}${path === 'build' ? '' : '.options'}.rolePolicy[${index}]`;
      const { acknowledge } = statement;
      const text =
        acknowledge === undefined
          ? `${at} ${what}; narrow it, or say why in its \`acknowledge\``
          : `${at} ${what}, acknowledged: ${acknowledge}`;
      return [{ about: 'rolePolicy', text }];
    }),
  );
}

/** What is too much about a statement; conditions narrow, so one with any is taken as meant. */
function reach({ effect, actions, resources, conditions }: PolicyStatement): string[] {
  if (effect !== 'Allow' || conditions !== undefined) return [];
  const allows = (action: string) => actions.some((pattern) => matches(pattern, action));
  const isAnywhere = resources.some(
    (resource) => /^\*+$/.test(resource) || /^arn:\*?[^:]*:(?:iam|sts|\*):[^:]*:[^:]*:(?:role\/)?\*+$/.test(resource),
  );
  return [
    ...(actions.includes('*') && isAnywhere ? ['allows everything'] : []),
    ...(allows('codepipeline:PutApprovalResult') ? ['may give approvals, also those of this pipeline'] : []),
    ...wide.flatMap(([action, what]) => (allows(action) && isAnywhere ? [what] : [])),
  ];
}

function matches(pattern: string, action: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\-]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i').test(action);
}

function policyOf(options: unknown): readonly PolicyStatement[] {
  const { rolePolicy } = (options ?? {}) as { readonly rolePolicy?: unknown };
  return Array.isArray(rolePolicy) ? rolePolicy : [];
}
