/** Reads the stacks that a cloud assembly has beside those of its deployments: what a backend emits for itself. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, isAccount, isRegion } from '../model/environment.ts';

export interface OwnStack {
  /** ID in the manifest. */
  readonly id: string;
  /** Its name in CloudFormation. */
  readonly stackName: string;
  /** Absent where the stack has no fixed environment. */
  readonly env?: Environment;
  readonly template: Readonly<Record<string, unknown>>;
  /** Bootstrap role that may read the environment, as CDK writes it. */
  readonly lookupRoleArn?: string;
  /** External ID that must be given with the lookup role. */
  readonly lookupExternalId?: string;
}

interface Manifest {
  readonly artifacts?: Readonly<
    Record<
      string,
      {
        readonly type?: string;
        readonly environment?: string;
        readonly properties?: {
          readonly templateFile?: string;
          readonly stackName?: string;
          readonly lookupRole?: { readonly arn?: string; readonly assumeRoleExternalId?: string };
        };
      }
    >
  >;
}

/**
 * Those of the assembly itself, without what is nested in it; undefined where the directory holds no assembly.
 *
 * @throws Error where its files cannot be read
 */
export function findOwnStacks(directory: string): readonly OwnStack[] | undefined {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) return undefined;
  const { artifacts = {} } = readJson(manifest) as Manifest;
  return Object.entries(artifacts).flatMap(([id, { type, environment = '', properties = {} }]) => {
    const { templateFile, stackName = id, lookupRole } = properties;
    if (type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
    const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
    return [
      {
        id,
        stackName,
        ...(isAccount(account) && isRegion(region) ? { env: { account, region } } : {}),
        template: asTemplate(readJson(join(directory, templateFile)), templateFile),
        ...(lookupRole?.arn === undefined ? {} : { lookupRoleArn: lookupRole.arn }),
        ...(lookupRole?.assumeRoleExternalId === undefined
          ? {}
          : { lookupExternalId: lookupRole.assumeRoleExternalId }),
      },
    ];
  });
}

/** @throws Error where a value has not the shape that every template has */
export function asTemplate(value: unknown, name: string): OwnStack['template'] {
  const isTemplate =
    isRecord(value) &&
    isRecord(value.Resources ?? {}) &&
    Object.values(value.Resources ?? {}).every((resource) => isRecord(resource) && typeof resource.Type === 'string');
  if (!isTemplate) throw new Error(`${name} is not a template`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
