/** The options of `codebuild`: the type, the check at run time and the docs come from this schema. */
import {
  buildTimeoutSchema,
  buildVpcSchema,
  computeTypeSchema,
  exportsSchema,
  policyStatementSchema,
  s3CacheSchema,
} from '@cdkpipe/core/schemas';
import * as z from 'zod';
import { envOptions } from './env-options.ts';

const command = z.string().regex(/\S/, 'expected a command, not white space');
const cache = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('local').describe('On the machine, for as long as it lives.'),
      modes: z
        .array(
          z.enum(['source', 'custom'], {
            error: 'expected "source" or "custom"; "docker" needs a privileged build, which a step is not',
          }),
        )
        .min(1)
        .describe('What is kept: the fetched source, or the directories a buildspec names.'),
    }),
    s3CacheSchema,
  ])
  .describe('Where files are kept between runs.');

const directory = z
  .string()
  .refine(isInsideWorkspace, 'expected a relative path of A-Z a-z 0-9 . _ - and / without ".." such as "vendor/lib"');

export const codebuildOptions = z
  .strictObject({
    commands: z
      .array(command, 'expected a list of shell commands')
      .min(1)
      .describe('Shell commands; the step fails with the first that fails.'),
    installCommands: z.array(command).min(1).optional().describe('Shell commands that run before `commands`.'),
    env: envOptions.optional(),
    exports: exportsSchema
      .optional()
      .describe('Environment variables whose last values later steps may use as `exported(step, name)`.'),
    image: z
      .string()
      .regex(/^\S+$/, 'expected the name of a docker image')
      .max(512)
      .optional()
      .describe("Docker image to run in; by default the pipeline's."),
    computeType: computeTypeSchema.optional().describe("Size of the machine; by default the pipeline's."),
    inputs: z
      .array(directory)
      .min(1)
      .max(4, 'expected at most 4: CodePipeline hands a build 5 artifacts, and the source is one')
      .refine((names) => new Set(names).size === names.length, 'expected each directory once')
      .optional()
      .describe("Directories of the workspace beside the source: of additional sources, or the build's `output`."),
    cache: cache.optional(),
    vpc: buildVpcSchema.optional(),
    timeout: buildTimeoutSchema.optional().describe('Minutes until the step fails, 5 to 2,160; by default 60.'),
    rolePolicy: z.array(policyStatementSchema).min(1).optional().describe('What the commands may do in AWS.'),
  })
  .describe('Runs commands in a CodeBuild project of its own.');

export type CodeBuildInput = z.input<typeof codebuildOptions>;
export type CodeBuildOptions = z.output<typeof codebuildOptions>;

function isInsideWorkspace(path: string): boolean {
  return path.split('/').every((part) => /^[A-Za-z0-9._-]+$/.test(part) && part !== '.' && part !== '..');
}
