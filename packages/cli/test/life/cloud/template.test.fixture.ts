/** A CloudFormation template as a deployed stack has it: intrinsics resolved to names and ARNs. */
import { type Names, namesOf } from './names.test.fixture.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look wherever they like into templates
export type Json = any;

export interface Env {
  readonly account: string;
  readonly region: string;
}

export interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  /** With intrinsics resolved. */
  readonly properties: Json;
  readonly names: Names;
  /** Logical IDs of what CloudFormation makes before it. */
  readonly after: readonly string[];
  readonly metadata: Json;
}

export interface DeployedStack {
  readonly name: string;
  readonly env: Env;
  readonly resources: readonly DeployedResource[];
}

export interface ToDeploy {
  readonly name: string;
  readonly env: Env;
  readonly template: Json;
  readonly parameters?: Readonly<Record<string, Json>>;
}

const none = Symbol('AWS::NoValue');

export function deploy({ name, env, template, parameters = {} }: ToDeploy): DeployedStack {
  const given = Object.entries<Json>(template.Parameters ?? {}).map(([id, { Default, Type }]) => {
    const value = parameters[id] ?? Default;
    return [id, Type === 'CommaDelimitedList' && typeof value === 'string' ? value.split(',').filter(Boolean) : value];
  });
  const resolver = new Resolver({ name, env, template, parameters: Object.fromEntries(given) });
  const made = Object.entries<Json>(template.Resources).filter(([, { Condition }]) => resolver.isWanted(Condition));
  const resources = made.map(([logicalId, { Type, Properties = {}, DependsOn = [], Metadata }]) => ({
    logicalId,
    type: Type,
    properties: resolver.resolve(Properties),
    names: resolver.namesOf(logicalId),
    after: [...new Set([...referencesIn(Properties), ...[DependsOn].flat()])].filter((id) => id in template.Resources),
    metadata: Metadata,
  }));
  return { name, env, resources };
}

/** Logical IDs that a value refers to. */
export function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [inner];
    if (key === 'Fn::GetAtt') return [[inner].flat()[0].split('.')[0]];
    if (key !== 'Fn::Sub') return referencesIn(inner);
    const [text, more = {}] = [inner].flat();
    return [...referencesIn(more), ...[...text.matchAll(/\$\{([^!}.]+)/g)].map(([, id]) => id)];
  });
}

/** Resources that are there when the given one is made, and no others. */
export function madeBefore({ resources }: DeployedStack, logicalId: string): DeployedResource[] {
  const byId = new Map(resources.map((each) => [each.logicalId, each]));
  const found = new Set<string>();
  const visit = (id: string): void => {
    for (const before of byId.get(id)?.after ?? []) {
      if (found.has(before)) continue;
      found.add(before);
      visit(before);
    }
  };
  visit(logicalId);
  return resources.filter((each) => found.has(each.logicalId));
}

class Resolver {
  readonly #stack: ToDeploy & { parameters: Readonly<Record<string, Json>> };
  readonly #names = new Map<string, Names>();

  constructor(stack: ToDeploy & { parameters: Readonly<Record<string, Json>> }) {
    this.#stack = stack;
  }

  resolve(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item)).filter((item) => item !== none);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries<Json>(value);
    const [[name = '', inner] = []] = entries;
    if (entries.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::')))
      return name === 'Condition' && typeof inner === 'object'
        ? { Condition: this.resolve(inner) }
        : this.#call(name, inner);
    const resolved = entries.map(([key, item]) => [key, this.resolve(item)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== none));
  }

  isWanted(condition: string | undefined): boolean {
    return condition === undefined || this.resolve(this.#stack.template.Conditions[condition]);
  }

  namesOf(logicalId: string): Names {
    const known = this.#names.get(logicalId);
    if (known) return known;
    const { template, name, env } = this.#stack;
    const resource = template.Resources[logicalId];
    if (!resource) throw new Error(`${name} has no ${logicalId}`);
    const names = namesOf({ stack: name, env, logicalId, type: resource.Type }, (property) =>
      this.resolve(resource.Properties?.[property]),
    );
    this.#names.set(logicalId, names);
    return names;
  }

  #call(name: string, inner: Json): Json {
    const list = () => inner.map((item: Json) => this.resolve(item));
    switch (name) {
      case 'Ref':
        return this.#ref(inner);
      case 'Condition':
        return this.isWanted(inner);
      case 'Fn::GetAtt': {
        const [id, ...attribute] = typeof inner === 'string' ? inner.split('.') : inner;
        return this.#attribute(id, attribute.join('.'));
      }
      case 'Fn::Sub':
        return this.#substitute(inner);
      case 'Fn::Join':
        return this.resolve(inner[1]).join(inner[0]);
      case 'Fn::Select':
        return this.resolve(inner[1])[Number(inner[0])];
      case 'Fn::Split':
        return this.resolve(inner[1]).split(inner[0]);
      case 'Fn::If':
        return this.resolve(this.isWanted(inner[0]) ? inner[1] : inner[2]);
      case 'Fn::Equals':
        return list()[0] === list()[1];
      case 'Fn::Not':
        return !list()[0];
      case 'Fn::And':
        return list().every(Boolean);
      case 'Fn::Or':
        return list().some(Boolean);
      default:
        throw new Error(`${name} is not resolved here`);
    }
  }

  #ref(id: string): Json {
    const { env, name, parameters } = this.#stack;
    const pseudo: Readonly<Record<string, Json>> = {
      'AWS::AccountId': env.account,
      'AWS::Region': env.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': name,
      'AWS::NoValue': none,
    };
    return pseudo[id] ?? parameters[id] ?? this.namesOf(id).ref;
  }

  #attribute(id: string, attribute: string): string {
    const names = this.namesOf(id);
    const value = attribute === 'Arn' ? names.arn : names.attributes?.[attribute];
    if (value === undefined) throw new Error(`the attribute ${attribute} of ${id} is not known here`);
    return value;
  }

  #substitute(inner: Json): string {
    const [text, own = {}] = [inner].flat();
    return text.replace(/\$\{([^!}]+)\}/g, (_: string, name: string) => {
      if (name in own) return this.resolve(own[name]);
      const [id = '', ...attribute] = name.split('.');
      return attribute.length > 0 ? this.#attribute(id, attribute.join('.')) : this.#ref(name);
    });
  }
}
