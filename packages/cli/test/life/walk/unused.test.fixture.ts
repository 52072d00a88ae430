/** Parts of Allow statements in the stacks of a pipeline that no call of its life has needed. */
import type { Cloud } from '../cloud/cloud.test.fixture.ts';
import { listOf, type Statement } from '../iam/policy.test.fixture.ts';
import { matchesAction, matchesResource } from '../iam/wildcards.test.fixture.ts';
import type { Findings } from './findings.test.fixture.ts';

/** @param isOurs whether a stack belongs to the pipeline; a line for each action and each resource that is not used */
export function unusedStatements(cloud: Cloud, findings: Findings, isOurs: (stack: string) => boolean): string[] {
  return cloud.policies(isOurs).flatMap(({ name, document, reasons }) =>
    listOf(document.Statement).flatMap((statement, index) => {
      if (statement.Effect !== 'Allow' || isAuthored(reasons?.[index])) return [];
      const unused = unusedParts(statement, findings.allowed.get(name)?.get(index) ?? []).filter(
        (part) => !isKept(part, reasons?.[index]),
      );
      return unused.map(
        (part) => `${name} allows ${part} by its statement ${index} (${reasons?.[index] ?? 'no reason'})`,
      );
    }),
  );
}

/** Parts of statements that the life of these pipelines does not need, and why they are there all the same. */
const kept: readonly { readonly reason: RegExp; readonly part: RegExp; readonly because: string }[] = [
  {
    reason: /^deploy the pipeline's own stacks/,
    part: /image-publishing-role/,
    because: 'an author may add a stack with an image in `customize`, where the project may run docker',
  },
];

function isKept(part: string, reason: string | undefined): boolean {
  return kept.some((each) => each.reason.test(reason ?? '') && each.part.test(part));
}

/** What a definition asks for, or a kind on its behalf, stands as it is written. */
function isAuthored(reason: string | undefined): boolean {
  return reason?.includes('rolePolicy') ?? false;
}

interface Made {
  readonly action: string;
  readonly resource: string;
}

function unusedParts({ Action, Resource }: Statement, calls: readonly Made[]): string[] {
  const variables = { context: {}, known: false };
  const actions = listOf(Action).filter((pattern) => !calls.some(({ action }) => matchesAction(pattern, action)));
  const resources = listOf(Resource).filter(
    (pattern) => !calls.some(({ resource }) => matchesResource(pattern, resource, variables)),
  );
  return [...actions, ...resources.map((resource) => `anything on ${resource}`)];
}
