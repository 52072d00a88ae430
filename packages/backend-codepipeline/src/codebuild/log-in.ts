/** Lets a project that runs docker fetch the credentials of registries. */
import type { Environment } from '@cdkpipe/core';
import type { CdkModules } from '../aws/modules.ts';
import type { Grant } from '../contract/grant.ts';
import { type DockerCredential, type DockerUsage, domainsOf, repositoryArn, usagesOf } from '../options/credentials.ts';
import { installTool } from '../tools/install-tool.ts';
import type { InstalledTool } from '../tools/tool-versions.ts';
import { pullGrants } from './build-image.ts';
import type { BuildLayer, BuildWork } from './build-work.ts';
import { secretArn } from './secret-grants.ts';

export interface LogInPlace {
  readonly cdk: CdkModules;
  readonly env: Environment;
  /** `cdk-assets`, which has the credential helper. */
  readonly tool: InstalledTool;
}

// The helper `docker-credential-cdk-assets` reads the first file; docker finds the helper by the second.
const writeCredentials =
  'mkdir -p "$HOME/.cdk" && printf \'%s\' "$CDKPIPE_DOCKER_CREDENTIALS" > "$HOME/.cdk/cdk-docker-creds.json"';
const writeConfig = 'mkdir -p "$HOME/.docker" && printf \'%s\' "$CDKPIPE_DOCKER_CONFIG" > "$HOME/.docker/config.json"';

/** Nothing is added where docker cannot run, so that nobody may read what they cannot use. */
export function logIn(work: BuildWork, credentials: readonly DockerCredential[], place: LogInPlace): BuildWork {
  const used = credentials.filter((credential) => isUsed(credential, work.layer));
  if (!work.privileged || used.length === 0) return work;
  // cdk-assets itself tells docker of the helper when it publishes.
  const publishes = work.layer === 'assets';
  const tool = publishes ? undefined : installTool('cdk-assets', place.tool, 'CDKPIPE_ASSETS');
  const variables = {
    CDKPIPE_DOCKER_CREDENTIALS: JSON.stringify({ version: '1.0', domainCredentials: sources(used) }),
    ...(publishes
      ? {}
      : {
          CDKPIPE_DOCKER_CONFIG: JSON.stringify({ credHelpers: helpers(used) }),
        }),
  };
  return {
    ...work,
    setup: [...(tool ? [tool.command, writeConfig] : []), writeCredentials, ...work.setup],
    variables: [
      ...work.variables,
      ...(tool?.variables ?? []),
      ...Object.entries(variables).map(([name, value]) => ({ name, type: 'PLAINTEXT' as const, value })),
    ],
    grants: [...work.grants, ...used.flatMap((credential) => credentialGrants(credential, place))],
  };
}

/** Credentials whose author names a usage in which docker cannot run. */
export function findUnused(
  { layer, privileged }: BuildWork,
  credentials: readonly DockerCredential[],
): readonly DockerCredential[] {
  if (privileged || layer === 'assets') return [];
  return credentials.filter((credential) => credential.usages !== undefined && isUsed(credential, layer));
}

function isUsed(credential: DockerCredential, layer: BuildLayer): boolean {
  return layer !== 'steps' && usagesOf(credential).includes(layer satisfies DockerUsage);
}

/** In the words of cdk-assets. */
function sources(credentials: readonly DockerCredential[]): Record<string, unknown> {
  return Object.fromEntries(
    credentials.flatMap((credential) => {
      const assumeRoleArn = credential.assumeRole;
      const source =
        credential.type === 'ecr'
          ? { ecrRepository: true, assumeRoleArn }
          : {
              secretsManagerSecretId: credential.secret,
              secretsUsernameField: credential.usernameField,
              secretsPasswordField: credential.passwordField,
              assumeRoleArn,
            };
      return domainsOf(credential)
        .flatMap(namesFor)
        .map((name) => [name, source]);
    }),
  );
}

/** By the domain docker is told of the helper; of one with a port, the helper finds the credential by its URL only. */
function namesFor(domain: string): string[] {
  return /:\d+$/.test(domain) ? [domain, `https://${domain}`] : [domain];
}

function helpers(credentials: readonly DockerCredential[]): Record<string, string> {
  return Object.fromEntries(credentials.flatMap(domainsOf).map((domain) => [domain, 'cdk-assets']));
}

/** A role that is assumed must itself be allowed to read the secret, or to pull. */
function credentialGrants(credential: DockerCredential, { cdk, env }: LogInPlace): Grant[] {
  const [domain] = domainsOf(credential);
  if (credential.assumeRole !== undefined)
    return [
      {
        actions: ['sts:AssumeRole'],
        resources: [credential.assumeRole],
        reason: `log in to ${domain} as the role the definition names`,
      },
    ];
  if (credential.type === 'ecr') {
    const repositories = credential.repositories.map((uri) => repositoryArn(cdk.partition, uri));
    return pullGrants(repositories, 'pull images that docker builds begin with');
  }
  return [
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secretArn(cdk, env, credential.secret)],
      reason: `log in to ${domain}`,
    },
  ];
}
