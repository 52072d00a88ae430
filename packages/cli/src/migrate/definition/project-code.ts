/** Settings of a CodeBuild project as options of a definition. */
import { notCarried } from '../old-app/note.ts';
import type { OldProject, Place, Plain } from '../old-app/old-app.ts';
import { type Code, call, literal } from './code.ts';
import type { Context } from './context.ts';

export interface ProjectOwner {
  /** For notes: `the step Smoke`. */
  readonly what: string;
  readonly at?: Place | undefined;
}

const computeTypes: Readonly<Record<string, string>> = {
  BUILD_GENERAL1_SMALL: 'small',
  BUILD_GENERAL1_MEDIUM: 'medium',
  BUILD_GENERAL1_LARGE: 'large',
  BUILD_GENERAL1_XLARGE: 'xlarge',
  BUILD_GENERAL1_2XLARGE: '2xlarge',
};

type Options = Record<string, Code | undefined>;

/** Everything but `env`, whose variables are in {@link variablesCode}. */
export function projectCode(project: OldProject, owner: ProjectOwner, context: Context): Options {
  const open = [...project.other];
  const computeType = project.computeType === undefined ? undefined : computeTypes[project.computeType];
  if (project.computeType !== undefined && computeType === undefined) open.push(`computeType ${project.computeType}`);
  for (const name of open)
    context.notes.push(
      notCarried(
        `${name} of ${owner.what} has no plain value`,
        `set the option of the definition that corresponds to it (docs/builds.md), or leave it out`,
        owner.at,
      ),
    );
  return {
    image: optional(project.image),
    computeType: optional(computeType),
    privileged: project.privileged === true ? literal(true) : undefined,
    timeout: optional(project.timeout),
    rolePolicy: project.rolePolicy && literal(project.rolePolicy.map(statementOf)),
    buildSpec: buildSpecCode(project.buildSpec, owner, context),
  };
}

/** Variables of the build environment by name. */
export function variablesCode(project: OldProject, context: Context): Record<string, Code> {
  return Object.fromEntries(
    Object.entries(project.variables ?? {}).map(([name, { type, value }]) => {
      if (type === 'PARAMETER_STORE') {
        context.helpers.add('parameter');
        return [name, call('parameter', literal(value))];
      }
      if (type !== 'SECRETS_MANAGER') return [name, literal(value)];
      context.helpers.add('secret');
      const [secret = '', field] = value.split(':');
      const isArn = value.startsWith('arn:');
      if (isArn || field === undefined) return [name, call('secret', literal(value))];
      return [name, call('secret', literal(secret), literal({ field }))];
    }),
  );
}

/** The same as `codeBuildDefaults` has it, in CodeBuild's own words. */
export function defaultVariables(project: OldProject): Code | undefined {
  const entries = Object.entries(project.variables ?? {}).map(([name, { type, value }]) => [
    name,
    type === 'PLAINTEXT' ? value : { type, value },
  ]);
  return entries.length > 0 ? literal(Object.fromEntries(entries)) : undefined;
}

function optional(value: string | number | undefined): Code | undefined {
  return value === undefined ? undefined : literal(value);
}

/** A statement of an IAM policy in the words of a definition. */
function statementOf(statement: Plain): Plain {
  const { Effect = 'Allow', Action = [], Resource = [], Condition } = statement as Record<string, Plain>;
  const listOf = (value: Plain) => (Array.isArray(value) ? value : [value]);
  return {
    effect: Effect,
    actions: listOf(Action),
    resources: listOf(Resource),
    ...(Condition !== undefined && { conditions: Condition }),
  };
}

/** Commands of the phase `build` and exported variables are options of their own in a definition. */
function buildSpecCode(buildSpec: Plain | undefined, owner: ProjectOwner, context: Context): Code | undefined {
  if (typeof buildSpec !== 'object' || buildSpec === null) return undefined;
  const { version: _, ...parts } = buildSpec as Record<string, Plain>;
  return Object.keys(parts).length === 0 ? undefined : noted(parts, owner, context);
}

function noted(parts: Record<string, Plain>, { what, at }: ProjectOwner, context: Context): Code {
  const { phases } = parts as { phases?: Record<string, { commands?: Plain } | undefined> };
  if (phases?.build?.commands !== undefined)
    context.notes.push(
      notCarried(`the buildspec of ${what} has commands in its phase build`, 'move them into the option commands', at),
    );
  return literal(parts);
}
