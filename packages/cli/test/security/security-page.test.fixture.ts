/** Writes the part of docs/security.md that is read off emitted templates. */
import type { EmittedPolicy, EmittedStatement } from './emitted-policies.test.fixture.ts';

/** A heading and table for each role and policy, in the order of their descriptions. */
export function describePolicies(policies: readonly EmittedPolicy[]): string {
  const order = (policy: EmittedPolicy) => `${policy.type === 'AWS::IAM::ManagedPolicy' ? 2 : 1}${titleOf(policy)}`;
  return policies
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(describePolicy)
    .join('\n\n');
}

function titleOf({ type, logicalId, description }: EmittedPolicy): string {
  return type === 'AWS::IAM::Role' ? description : `Policy ${logicalId}`;
}

function describePolicy(policy: EmittedPolicy): string {
  const { trust, given, statements, wildcards } = policy;
  const intro = [
    ...trust.map(
      ({ Principal, Condition }) =>
        `Assumed by \`${Principal.Service ?? Principal.AWS}\` ${code(plainCondition(Condition))}.`,
    ),
    ...(given.length > 0 ? [`Given ${given.map((id) => `\`${id}\``).join(', ')}.`] : []),
  ].join(' ');
  const rows = statements.map((statement) => rowOf(statement, wildcards));
  return [`### ${titleOf(policy)}`, ...(intro ? [intro] : []), table(['may', 'on', 'why'], rows)].join('\n\n');
}

function rowOf(statement: EmittedStatement, wildcards: EmittedPolicy['wildcards']): string[] {
  const stars = statement.resources.flatMap((resource) =>
    wildcards[resource] ? [`\`*\`: ${wildcards[resource]}`] : [],
  );
  const why = [statement.reason ?? '', ...stars].join('; ');
  return [statement.actions.map(code).join(' '), describeResources(statement), why];
}

function describeResources({ resources, condition }: EmittedStatement): string {
  const where = condition === undefined ? [] : [`where ${code(plainCondition(condition))}`];
  return [...resources.map((resource) => code(plainName(resource))), ...where].join(' ');
}

/** Logical IDs without the hash that the CDK ends them in. */
function plainName(resource: string): string {
  return resource.replace(/<(\w+?)[0-9A-F]{8}\.Arn>/g, '<$1.Arn>');
}

function plainCondition(condition: unknown): string {
  return Object.entries(condition as Record<string, Record<string, unknown>>)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => `${operator} ${key} = ${[value].flat().join(', ')}`),
    )
    .join(' and ');
}

const code = (text: string) => `\`${text}\``;

/** Padded to one width by column, as the formatter of this repository wants it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, 3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** What the policies of other definitions say for reasons that those given before do not have. */
export function describeFurther(before: readonly EmittedPolicy[], policies: readonly EmittedPolicy[]): string {
  const keyOf = ({ actions, reason }: EmittedStatement) => `${actions}: ${reason}`;
  const known = new Set(before.flatMap(({ statements }) => statements.map(keyOf)));
  const rows = policies.flatMap(({ statements, wildcards, ...policy }) =>
    statements.flatMap((statement) => {
      if (known.has(keyOf(statement))) return [];
      known.add(keyOf(statement));
      const [actions = '', on = '', why = ''] = rowOf(statement, wildcards);
      return [[titleOf({ statements, wildcards, ...policy }), actions, on, why]];
    }),
  );
  return table(['role', 'may', 'on', 'why'], rows);
}
