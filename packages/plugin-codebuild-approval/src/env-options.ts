/** What `env` of `codebuild` may hold. */
import { valueReferenceSchema } from '@cdkpipe/core/schemas';
import * as z from 'zod';

const secret = z
  .strictObject({
    $ref: z.literal('secret').describe('Marks a reference to a secret.'),
    name: z
      .string()
      .regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'expected the name of a secret')
      .describe('Name of the secret in Secrets Manager, where the commands run.'),
    field: z
      .string()
      .regex(/^[^\s:#{}]{1,256}$/, 'expected a key without white space, ":", "#" and braces')
      .optional()
      .describe('Key inside the secret, where the secret is a JSON object.'),
  })
  .describe('The value of a secret, as `secret(name, { field })` writes it.');

const parameter = z
  .strictObject({
    $ref: z.literal('parameter').describe('Marks a reference to a parameter.'),
    name: z
      .string()
      .regex(/^[A-Za-z0-9/_.-]{1,1011}$/, 'expected the name of a parameter')
      .describe('Name of the parameter in Parameter Store, where the commands run.'),
  })
  .describe('The value of a parameter, as `parameter(name)` writes it.');

const value = z.union([z.string(), z.discriminatedUnion('$ref', [valueReferenceSchema, secret, parameter])], {
  error:
    'expected text, output(...), source.attribute(...), variable(...), exported(...), secret(...) or parameter(...)',
});

const variable = z.string().regex(/^(?!CODEBUILD_)[A-Za-z_][A-Za-z0-9_]*$/i);

/** Environment variables by name. */
export const envOptions = z
  .record(variable, value, {
    error: ({ code }) =>
      code === 'invalid_key'
        ? 'expected a name of A-Z a-z 0-9 _ that begins with no digit, nor with CODEBUILD_, which belongs to CodeBuild'
        : 'expected an object of environment variables',
  })
  .describe(
    'Environment variables: texts, references to values such as `output(...)`, `secret(...)` or `parameter(...)`.',
  );

export type EnvOptions = z.output<typeof envOptions>;
