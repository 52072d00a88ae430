/** Credentials of docker registries, as an author writes them. */
import { roleArnSchema, secretIdSchema } from '@cdkpipe/core/schemas';
import { z } from 'zod';

const usages = z
  .array(z.enum(['build', 'selfUpdate', 'assets']))
  .min(1)
  .optional();
const assumeRole = roleArnSchema.optional();
const field = z.string().regex(/^[\w.-]+$/, 'expected a key of A-Z a-z 0-9 _ . -');

/** In the secret, `username` and `secret` unless the fields say otherwise. */
const withSecret = {
  secret: secretIdSchema,
  usernameField: field.optional(),
  passwordField: field.optional(),
  assumeRole,
  usages,
};

const ecrRepository = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([a-z0-9][a-z0-9._/-]*)$/;

const credential = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('dockerHub'), ...withSecret }),
  z.strictObject({
    type: z.literal('registry'),
    domain: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/, 'expected the domain of a registry, in lower case')
      .refine((domain) => !/(^|\.)docker\.io$/.test(domain), 'expected the type dockerHub for docker.io'),
    ...withSecret,
  }),
  z.strictObject({
    type: z.literal('ecr'),
    repositories: z
      .array(z.string().regex(ecrRepository, 'expected "ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME"'))
      .min(1),
    assumeRole,
    usages,
  }),
]);

export type DockerCredential = z.output<typeof credential>;
export type DockerUsage = NonNullable<z.output<typeof usages>>[number];

export const dockerCredentialsSchema = z.array(credential).superRefine((credentials, context) => {
  const taken = new Set<string>();
  credentials.forEach((each, index) => {
    for (const claim of domainsOf(each).flatMap((domain) => usagesOf(each).map((usage) => `${domain} in ${usage}`))) {
      if (taken.has(claim))
        context.addIssue({ code: 'custom', path: [index], message: `the second credential for ${claim}` });
      taken.add(claim);
    }
  });
  // The credential helper looks for the host first, and would hand out what is meant for the other port.
  credentials.forEach((each, index) => {
    const [host, port] = each.type === 'registry' ? each.domain.split(':') : [];
    if (port !== undefined && usagesOf(each).some((usage) => taken.has(`${host} in ${usage}`)))
      context.addIssue({
        code: 'custom',
        path: [index],
        message: `the second credential for ${host}: with and without a port they cannot be told apart`,
      });
  });
});

/** Where the credential holds, as docker names registries. */
export function domainsOf(credential: DockerCredential): string[] {
  switch (credential.type) {
    case 'dockerHub':
      return ['https://index.docker.io/v1/'];
    case 'registry':
      return [credential.domain];
    case 'ecr':
      return [...new Set(credential.repositories.map((uri) => uri.slice(0, uri.indexOf('/'))))];
  }
}

export function usagesOf({ usages = ['build', 'selfUpdate', 'assets'] }: DockerCredential): readonly DockerUsage[] {
  return usages;
}

/** ARN of a repository that is named as docker names it. */
export function repositoryArn(partition: string, uri: string): string {
  const [, account, region, name] = ecrRepository.exec(uri) ?? [];
  return `arn:${partition}:ecr:${region}:${account}:repository/${name}`;
}
