/** Settings of CodeBuild, from the props of a step or of the pipeline. */
import type { OldProject, Plain } from '../old-app/old-app.ts';
import { plainOf, plainText, type Tokens } from './plain-value.ts';

type Bag = Readonly<Record<string, unknown>>;

/** By CDK's names; what a definition cannot take from data by itself. */
const others = [
  'vpc',
  'subnetSelection',
  'securityGroups',
  'cache',
  'fileSystemLocations',
  'logging',
  'role',
  'actionRole',
  'projectName',
];

export function describeProject(props: Bag, tokens: Tokens): OldProject {
  const other = others.filter((name) => props[name] !== undefined);
  const environment = bagOf(props.buildEnvironment);
  const image = plainText(bagOf(environment.buildImage).imageId, tokens);
  if (environment.buildImage !== undefined && image === undefined) other.push('buildEnvironment.buildImage');
  for (const name of ['certificate', 'fleet', 'dockerServer'])
    if (environment[name] !== undefined) other.push(`buildEnvironment.${name}`);
  const computeType = plainText(environment.computeType, tokens);
  const timeout = minutesOf(props.timeout);
  if (props.timeout !== undefined && timeout === undefined) other.push('timeout');
  const variables = describeVariables(bagOf(environment.environmentVariables), tokens, other);
  const rolePolicy = describePolicy(props.rolePolicyStatements ?? props.rolePolicy, tokens, other);
  const buildSpec = describeBuildSpec(props.partialBuildSpec, tokens, other);
  return {
    ...(image !== undefined && { image }),
    ...(computeType !== undefined && { computeType }),
    ...(typeof environment.privileged === 'boolean' && { privileged: environment.privileged }),
    ...(Object.keys(variables).length > 0 && { variables }),
    ...(timeout !== undefined && { timeout }),
    ...(rolePolicy !== undefined && { rolePolicy }),
    ...(buildSpec !== undefined && { buildSpec }),
    other,
  };
}

function describeVariables(variables: Bag, tokens: Tokens, other: string[]) {
  const known: Record<string, { type: string; value: string }> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const { type = 'PLAINTEXT', value } = bagOf(variable);
    const text = plainText(typeof value === 'number' || typeof value === 'boolean' ? String(value) : value, tokens);
    if (text === undefined) other.push(`buildEnvironment.environmentVariables.${name}`);
    else known[name] = { type: String(type), value: text };
  }
  return known;
}

function describePolicy(statements: unknown, tokens: Tokens, other: string[]): readonly Plain[] | undefined {
  if (!Array.isArray(statements) || statements.length === 0) return undefined;
  const plain = statements.map((statement) => {
    const toJson: unknown = bagOf(statement).toStatementJson ?? bagOf(statement).toJSON;
    return typeof toJson === 'function' ? plainOf(toJson.call(statement), tokens) : undefined;
  });
  if (plain.every((statement) => statement !== undefined)) return plain;
  other.push('rolePolicy');
  return undefined;
}

function describeBuildSpec(buildSpec: unknown, tokens: Tokens, other: string[]): Plain | undefined {
  if (buildSpec === undefined) return undefined;
  const plain = plainOf(bagOf(buildSpec).spec, tokens);
  if (plain === undefined) other.push('partialBuildSpec');
  return plain;
}

function minutesOf(duration: unknown): number | undefined {
  const { toMinutes } = bagOf(duration);
  if (typeof toMinutes !== 'function') return undefined;
  return Math.ceil(Number(toMinutes.call(duration, { integral: false })));
}

export function bagOf(value: unknown): Bag {
  return typeof value === 'object' && value !== null ? (value as Bag) : {};
}
