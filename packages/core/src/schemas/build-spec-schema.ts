/** The schema of the parts of a buildspec that an author may add. */
import * as z from 'zod';
import { commandSchema } from './build-schemas.ts';
import { closedObject } from './closed-object.ts';

const text = z.string().min(1);
const texts = z.array(text).min(1);
const commands = z.array(commandSchema).min(1);
const yesNo = z.enum(['yes', 'no'], { error: 'expected "yes" or "no"' });
const variables = z.record(z.string().regex(/^(?!CODEBUILD_|CDKPIPE_)[A-Za-z_][A-Za-z0-9_]*$/i), text, {
  error: ({ code }) =>
    code === 'invalid_key'
      ? 'expected a name of A-Z a-z 0-9 _ that begins with no digit, CODEBUILD_ or CDKPIPE_'
      : 'expected an object of texts',
});

/** Its name becomes part of an ARN in a statement. */
const reportGroup = z
  .string()
  .regex(/^([A-Za-z0-9][\w-]{0,127}|arn:[a-z-]+:codebuild:[a-z0-9-]+:\d{12}:report-group\/[\w-]+)$/);

const common = {
  'run-as': text.optional(),
  'on-failure': z
    .string()
    .regex(
      /^(ABORT|CONTINUE|RETRY(-[1-9]\d*)?(-\S+)?)$/,
      'expected "ABORT", "CONTINUE" or "RETRY", also as "RETRY-count-regex"',
    )
    .optional(),
  'runtime-versions': z.record(text, z.union([text, z.number()])).optional(),
  finally: commands.optional(),
};
const phase = closedObject({ ...common, commands: commands.optional() });

export const buildSpecSchema = closedObject({
  version: z.union([z.literal(0.2), z.literal('0.2')], { error: 'expected 0.2' }).optional(),
  'run-as': text.optional(),
  env: closedObject({
    shell: z.enum(['bash', '/bin/sh', 'powershell.exe', 'pwsh.exe']).optional(),
    variables: variables.optional(),
    'parameter-store': variables.optional(),
    'secrets-manager': variables.optional(),
    'git-credential-helper': yesNo.optional(),
  }).optional(),
  proxy: closedObject({ 'upload-artifacts': yesNo.optional(), logs: yesNo.optional() }).optional(),
  phases: closedObject({
    install: phase.optional(),
    pre_build: phase.optional(),
    build: closedObject(common).optional(),
    post_build: phase.optional(),
  }).optional(),
  reports: z
    .record(
      reportGroup,
      closedObject({
        files: texts,
        'base-directory': text.optional(),
        'discard-paths': yesNo.optional(),
        'file-format': text.optional(),
      }),
    )
    .optional(),
  artifacts: closedObject({ 'exclude-paths': texts.optional(), 'enable-symlinks': yesNo.optional() }).optional(),
  cache: closedObject({
    key: text.optional(),
    'fallback-keys': texts.optional(),
    action: z.enum(['restore', 'save']).optional(),
    paths: texts.optional(),
  }).optional(),
}).describe(
  "Parts of a buildspec, with CodeBuild's own keys. Its commands stand between those of cdkpipe and your own; `artifacts.files`, `phases.build.commands`, `env.exported-variables` and `batch` are not taken.",
);
