/** The options of `codebuild`: the type, the check at run time and the docs come from this schema. */
import { isInsideWorkspace } from '@cdkpipe/core';
import {
  buildCacheSchema,
  buildImageSchema,
  buildSpecSchema,
  buildTimeoutSchema,
  buildVpcSchema,
  computeTypeSchema,
  exportsSchema,
  fileSystemsSchema,
  hasOnlyComments,
  loggingSchema,
  onlyComments,
  policyStatementSchema,
} from '@cdkpipe/core/schemas';
import * as z from 'zod';
import { envOptions } from './env-options.ts';

const command = z.string().regex(/\S/, 'expected a command, not white space');
const directory = z
  .string()
  .refine(isInsideWorkspace, 'expected a relative path of A-Z a-z 0-9 . _ - and / without ".." such as "vendor/lib"');

const output = z
  .union(
    [
      directory,
      z.strictObject({
        from: directory.describe('Directory that the commands leave behind.'),
        to: directory.describe('Directory of the workspaces it is laid in.'),
      }),
    ],
    { error: 'expected a directory such as "dist/lib", or { from, to }' },
  )
  .describe(
    'Directory that the commands leave behind, for the build and later steps; around the build only. With `{ from, to }` it is laid elsewhere than where it was made.',
  );

export const codebuildOptions = z
  .strictObject({
    commands: z
      .array(command, 'expected a list of shell commands')
      .min(1)
      .refine((commands) => !hasOnlyComments(commands), onlyComments)
      .describe('Shell commands; the step fails with the first that fails.'),
    installCommands: z.array(command).min(1).optional().describe('Shell commands that run before `commands`.'),
    env: envOptions.optional(),
    exports: exportsSchema
      .optional()
      .describe('Environment variables whose last values later steps may use as `exported(step, name)`.'),
    image: buildImageSchema.optional(),
    privileged: z.boolean().optional().describe('Allows docker in the commands; by default not.'),
    computeType: computeTypeSchema.optional().describe("Size of the machine; by default the pipeline's."),
    inputs: z
      .array(directory)
      .min(1)
      .max(4, 'expected at most 4: CodePipeline hands a build 5 artifacts, and the source is one')
      .refine((names) => new Set(names).size === names.length, 'expected each directory once')
      .optional()
      .describe(
        "Directories of the workspace beside the source: of additional sources, of earlier steps' `output`, or the build's `output`.",
      ),
    output: output.optional(),
    cache: buildCacheSchema.optional(),
    vpc: buildVpcSchema.optional(),
    fileSystems: fileSystemsSchema.optional(),
    logging: loggingSchema.optional(),
    buildSpec: buildSpecSchema.optional(),
    timeout: buildTimeoutSchema.optional().describe('Minutes until the step fails, 5 to 2,160; by default 60.'),
    rolePolicy: z.array(policyStatementSchema).min(1).optional().describe('What the commands may do in AWS.'),
  })
  .describe('Runs commands in a CodeBuild project of its own.');

export type CodeBuildInput = z.input<typeof codebuildOptions>;
export type CodeBuildOptions = z.output<typeof codebuildOptions>;
