/** The options of `codebuild`: the type, the check at run time and the docs come from this schema. */
import * as z from 'zod';
import { envOptions } from './env-options.ts';

const text = z.string().min(1);
const command = z.string().regex(/\S/, 'expected a command, not white space');
const ids = (prefix: string, most: number) =>
  z
    .array(
      z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `expected an ID such as ${prefix}-0123456789abcdef0`),
    )
    .min(1)
    .max(most);

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
    z.strictObject({
      type: z.literal('s3').describe('In a bucket.'),
      bucket: text.describe('Name of an existing bucket.'),
      prefix: text.optional().describe('Beginning of the keys in the bucket.'),
    }),
  ])
  .describe('Where files are kept between runs.');

const vpc = z
  .strictObject({
    vpcId: z
      .string()
      .regex(/^vpc-[0-9a-f]{8,17}$/, 'expected the ID of a VPC')
      .describe('ID of the VPC.'),
    subnetIds: ids('subnet', 16).describe('IDs of private subnets that reach the internet or the endpoints needed.'),
    securityGroupIds: ids('sg', 5).describe('IDs of security groups, at most 5.'),
  })
  .describe('An existing VPC to run in.');

const statement = z.strictObject({
  effect: z.enum(['Allow', 'Deny']).describe('Whether the statement allows or denies.'),
  actions: z
    .array(z.string().regex(/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/, 'expected an action such as "s3:GetObject"'))
    .min(1)
    .describe('IAM actions.'),
  resources: z.array(text).min(1).describe('ARNs, with `*` where needed.'),
  conditions: z
    .record(text, z.record(text, z.union([z.string(), z.array(z.string())])))
    .optional()
    .describe('IAM conditions, by operator and key.'),
});

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
    image: z
      .string()
      .regex(/^\S+$/, 'expected the name of a docker image')
      .max(512)
      .optional()
      .describe("Docker image to run in; by default the pipeline's."),
    computeType: z
      .enum(['small', 'medium', 'large', 'xlarge', '2xlarge'])
      .optional()
      .describe("Size of the machine; by default the pipeline's."),
    inputs: z
      .array(directory)
      .min(1)
      .max(4, 'expected at most 4: CodePipeline hands a build 5 artifacts, and the source is one')
      .refine((names) => new Set(names).size === names.length, 'expected each directory once')
      .optional()
      .describe("Directories of the workspace beside the source: of additional sources, or the build's `output`."),
    cache: cache.optional(),
    vpc: vpc.optional(),
    timeout: z.int().min(5).max(2160).optional().describe('Minutes until the step fails, 5 to 2,160; by default 60.'),
    rolePolicy: z.array(statement).min(1).optional().describe('What the commands may do in AWS.'),
  })
  .describe('Runs commands in a CodeBuild project of its own.');

export type CodeBuildInput = z.input<typeof codebuildOptions>;
export type CodeBuildOptions = z.output<typeof codebuildOptions>;

function isInsideWorkspace(path: string): boolean {
  return path.split('/').every((part) => /^[A-Za-z0-9._-]+$/.test(part) && part !== '.' && part !== '..');
}
