/** All resources that exist, of every account and region; names are taken where AWS says that they are. */
import { randomUUID } from 'node:crypto';
import { AwsFault } from './fault.test.fixture.ts';
import { type ResourceType, typeOf } from './resource-types.test.fixture.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface Resource extends Place {
  readonly type: string;
  /** Physical ID, which `Ref` gives. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  properties: Readonly<Record<string, unknown>>;
}

export class ResourceStore {
  readonly #byKey = new Map<string, Resource>();

  /** @throws AwsFault `AlreadyExists` where the name is taken */
  create(
    type: string,
    { account, region }: Place,
    properties: Resource['properties'],
    generatedName: string,
  ): Resource {
    const place = { account, region };
    const about = typeOf(type);
    const given = about.nameProperty === undefined ? undefined : properties[about.nameProperty];
    const name = typeof given === 'string' ? given : about.isUuid ? randomUUID() : generatedName;
    const key = keyOf(type, about, place, name);
    // "Resource handler returned message: … already exists": CloudFormation User Guide, "Troubleshooting CloudFormation".
    if (this.#byKey.has(key)) throw new AwsFault('AlreadyExists', `${name} already exists`);
    const arn = about.arn({ ...place, name, path: String(properties.Path ?? '/') });
    const resource: Resource = { ...place, type, name, arn, id: about.ref === 'arn' ? arn : name, properties };
    this.#byKey.set(key, resource);
    return resource;
  }

  delete(resource: Resource): void {
    this.#byKey.delete(keyOf(resource.type, typeOf(resource.type), resource, resource.name));
  }

  everything(): Resource[] {
    return [...this.#byKey.values()];
  }

  all(type: string): Resource[] {
    return this.everything().filter((resource) => resource.type === type);
  }

  find(type: string, name: string, place?: Partial<Place>): Resource | undefined {
    return this.all(type).find(
      (resource) =>
        resource.name === name &&
        (place?.account === undefined || place.account === resource.account) &&
        (place?.region === undefined || place.region === resource.region),
    );
  }

  findByArn(arn: string): Resource | undefined {
    return [...this.#byKey.values()].find((resource) => resource.arn === arn);
  }
}

function keyOf(type: string, { scope }: ResourceType, { account, region }: Place, name: string): string {
  const within = { global: '', account, region: `${account}/${region}` }[scope];
  return `${type}|${within}|${name}`;
}
