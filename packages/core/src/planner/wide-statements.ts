/** Finds the statements of `rolePolicy` that allow more than one may have meant, unless the definition says why. */
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import { statementWide } from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import type { PolicyStatement } from '../model/build.ts';
import { gatesOf } from '../model/gates.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { stepsOf } from '../model/workflow.ts';
import type { PlanNote } from '../plan/plan.ts';

/** What is to be said about the statements of a policy. */
export interface JudgedPolicy {
  /** Of each statement that allows too much and does not say why. */
  readonly warnings: readonly Problem[];
  /** Of each that says why. */
  readonly notes: readonly PlanNote[];
}

/**
 * @param path of the list in the definition, for example `build.rolePolicy`
 * @param deciding IAM actions that decide gates of the backend
 */
export function judgePolicy(
  path: string,
  statements: readonly PolicyStatement[],
  deciding: readonly string[],
): JudgedPolicy {
  const found = statements.flatMap((statement, index) => {
    const what = excessOf(statement, deciding);
    return what === undefined ? [] : [{ at: `${path}[${index}]`, what, acknowledge: statement.acknowledge }];
  });
  return {
    warnings: found.flatMap(({ at, what, acknowledge }) =>
      acknowledge === undefined ? [statementWide(at, what)] : [],
    ),
    notes: found.flatMap(({ at, what, acknowledge }) =>
      acknowledge === undefined ? [] : [{ about: 'rolePolicy', text: `${at} ${what}, acknowledged: ${acknowledge}` }],
    ),
  };
}

/** Of the build and of every step. */
export function judgePolicies(pipeline: Pipeline, { decidingActions = [] }: BackendCapabilities): JudgedPolicy {
  const steps = [...stepsOf(pipeline.build.before), ...stepsOf(pipeline.build.after), ...gatesOf(pipeline)];
  const judged = [
    judgePolicy('build.rolePolicy', pipeline.build.rolePolicy, decidingActions),
    ...steps.map(({ path, options }) => judgePolicy(`${path}.options.rolePolicy`, policyOf(options), decidingActions)),
  ];
  return { warnings: judged.flatMap(({ warnings }) => warnings), notes: judged.flatMap(({ notes }) => notes) };
}

/** The worst about a statement; conditions narrow, so one with any is taken as meant. */
function excessOf(
  { effect, actions, resources, conditions }: PolicyStatement,
  deciding: readonly string[],
): string | undefined {
  if (effect !== 'Allow' || conditions !== undefined) return undefined;
  const allows = (action: string) => actions.some((pattern) => matches(pattern, action));
  const hasEveryRole = resources.some(isEveryRole);
  if (actions.includes('*') && hasEveryRole) return 'allows everything';
  if (deciding.some((action) => allows(action) && resources.some((resource) => mayBeOf(action, resource))))
    return 'may give approvals';
  if (allows('iam:PassRole') && hasEveryRole) return 'passes every role of the account to services';
  if (allows('sts:AssumeRole') && hasEveryRole) return 'assumes every role that trusts its account';
  return undefined;
}

/** Whether two roles that have nothing in common but the account match. */
function isEveryRole(resource: string): boolean {
  const [, partition = ''] = resource.split(':');
  const [account = '111111111111'] = /\d{12}/.exec(resource) ?? [];
  const prefix = `arn:${/^[a-z-]+$/.test(partition) ? partition : 'aws'}:iam::${account}:role/`;
  return [`${prefix}a`, `${prefix}Path/Z-9`].every((role) => matches(resource, role));
}

/** Whether a resource, `arn:aws:SERVICE:REGION:ACCOUNT:…`, may be one of the service of an action, `SERVICE:NAME`. */
function mayBeOf(action: string, resource: string): boolean {
  const [own = ''] = action.split(':');
  const [, , service] = resource.split(':');
  return service === undefined || matches(service, own);
}

/** Whether a pattern of IAM matches; by steps back to the last `*` only, as a regular expression could take years. */
function matches(pattern: string, text: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), text.toLowerCase()];
  let [at, read, star, resume] = [0, 0, -1, 0];
  while (read < given.length) {
    if (wanted[at] === '*') {
      star = at++;
      resume = read;
    } else if (wanted[at] === '?' || wanted[at] === given[read]) {
      at++;
      read++;
    } else if (star >= 0) {
      at = star + 1;
      read = ++resume;
    } else return false;
  }
  return /^\**$/.test(wanted.slice(at));
}

function policyOf(options: unknown): readonly PolicyStatement[] {
  const { rolePolicy } = (options ?? {}) as { readonly rolePolicy?: unknown };
  return Array.isArray(rolePolicy) ? rolePolicy : [];
}
