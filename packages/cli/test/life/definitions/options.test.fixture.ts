/** Options that definitions can have, and which of them a set of definitions leaves out. */
import type {
  BuildDefinition,
  DefinitionBody,
  DeploymentDefinition,
  RehearsalDefinition,
  SourceDefinition,
  UpdateDefinition,
  VariableDefinition,
  WaveDefinition,
} from '@cdkpipe/core';
import type { Json } from '../cloud/template.test.fixture.ts';

type KeysOf<T> = T extends unknown ? Extract<keyof T, string> : never;
/** The compiler asks for every option there is, so that a new one cannot be forgotten here. */
type AllOf<T> = Readonly<Record<Exclude<KeysOf<T>, Unemitted>, true>>;
/** What lint rules are told changes nothing of what is emitted. */
type Unemitted = 'acknowledge' | 'rules';

const definition: AllOf<DefinitionBody> = {
  additionalSources: true,
  backends: true,
  build: true,
  constructPath: true,
  env: true,
  name: true,
  rehearsal: true,
  root: true,
  source: true,
  update: true,
  updateWeakReferences: true,
  variables: true,
  waves: true,
};
const build: AllOf<BuildDefinition> = {
  after: true,
  before: true,
  buildSpec: true,
  cache: true,
  commands: true,
  computeType: true,
  env: true,
  exports: true,
  fileSystems: true,
  image: true,
  installCommands: true,
  logging: true,
  output: true,
  privileged: true,
  rolePolicy: true,
  script: true,
  timeout: true,
  vpc: true,
};
/** `stacks` is a function, of which JSON keeps nothing. */
const deployment: Omit<AllOf<DeploymentDefinition>, 'stacks'> = {
  approvals: true,
  assembly: true,
  changes: true,
  constructPath: true,
  env: true,
  name: true,
  order: true,
  prepare: true,
  rollback: true,
  stageProps: true,
  updateWeakReferences: true,
};
const wave: AllOf<WaveDefinition> = { before: true, deployments: true, name: true, rollback: true };
const source: AllOf<SourceDefinition> = {
  branch: true,
  bucket: true,
  connectionArn: true,
  encryptionKey: true,
  eventRole: true,
  fullClone: true,
  key: true,
  repository: true,
  tag: true,
  tokenSecret: true,
  trigger: true,
  triggers: true,
  type: true,
};
const update: AllOf<UpdateDefinition> = { before: true };
const variable: AllOf<VariableDefinition> = { default: true, description: true };
const rehearsal: AllOf<RehearsalDefinition> = { against: true, outputs: true };

/** Options of the definition itself that none of these uses. */
export function unusedInDefinitions(definitions: readonly Json[]): string[] {
  const all = (pick: (definition: Json) => readonly Json[]) => definitions.flatMap(pick);
  const waves = all(({ waves: each }) => each);
  const missing = (name: string, options: object, objects: readonly Json[]) =>
    Object.keys(options)
      .filter((option) => !objects.some((each) => each?.[option] !== undefined))
      .map((option) => `${name}.${option}`);
  return [
    ...missing('definition', definition, definitions),
    ...missing(
      'build',
      build,
      all((each) => [each.build]),
    ),
    ...missing('wave', wave, waves),
    ...missing(
      'deployment',
      deployment,
      waves.flatMap(({ deployments }) => deployments),
    ),
    ...missing(
      'source',
      source,
      all((each) => [each.source, ...Object.values(each.additionalSources ?? {})]),
    ),
    ...missing(
      'update',
      update,
      all((each) => [each.update]),
    ),
    ...missing(
      'variable',
      variable,
      all((each) => Object.values(each.variables ?? {})),
    ),
    ...missing(
      'rehearsal',
      rehearsal,
      all((each) => [each.rehearsal]),
    ),
  ];
}

/** Settings that mean the same wherever they stand: used once is used. */
const shared = ['buildSpec', 'cache', 'fileSystems', 'image', 'logging', 'rolePolicy', 'vpc', 'env'];

/** Options of a JSON Schema that none of the values has, by their path. */
export function unusedInSchema(schema: Json, values: readonly Json[], definitions: readonly Json[]): string[] {
  const visit = (node: Json, found: readonly Json[], path: string): string[] => {
    // References to values are a language of their own.
    if (node.properties?.$ref) return [];
    const present = found.filter((each) => each !== undefined && each !== null);
    const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
    const inside = branches.flatMap((branch) => visit(branch, present, path));
    const items = node.items ? visit(node.items, present.flat(), path) : [];
    const each = typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
    const record = each
      ? visit(
          each,
          present.flatMap((value) => Object.values(Object(value))),
          path,
        )
      : [];
    const properties = Object.entries<Json>(node.properties ?? {}).flatMap(([name, property]) => {
      const own = shared.includes(name) ? valuesNamed(name, definitions) : present.map((value) => Object(value)[name]);
      const isUsed = own.some((value) => value !== undefined) || isFunction(property);
      return isUsed ? visit(property, own, `${path}.${name}`) : [`${path}.${name}`];
    });
    return [...inside, ...items, ...record, ...properties];
  };
  return [...new Set(visit(schema, values, ''))].map((path) => path.slice(1));
}

/** JSON Schema has no words for a function, and JSON keeps nothing of it. */
function isFunction(property: Json): boolean {
  return Object.keys(property).length === 0;
}

function valuesNamed(name: string, value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesNamed(name, item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).flatMap(([key, inner]) => [
    ...(key === name ? [inner] : []),
    ...valuesNamed(name, inner),
  ]);
}

/** Options of all steps of a kind, however deep they are in workflows. */
export function optionsOfKind(kind: string, value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => optionsOfKind(kind, item));
  if (typeof value !== 'object' || value === null) return [];
  const own = value.kind === kind && value.options !== undefined ? [value.options] : [];
  return [...own, ...Object.values<Json>(value).flatMap((inner) => optionsOfKind(kind, inner))];
}
