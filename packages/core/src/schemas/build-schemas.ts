/** Schemas of what the build and every kind that runs commands have in common. */
import * as z from 'zod';
import { bucketNameSchema, imageNameSchema, objectKeySchema, secretIdSchema } from './aws-names.ts';
import { closedObject } from './closed-object.ts';

const text = z.string().min(1);

/** A shell takes nothing but white space for success, so a gate without a command would pass. */
export const commandSchema = z.string().regex(/\S/, 'expected a command, not only white space');

/** A comment alone succeeds as well; beside commands it explains them. */
export function hasOnlyComments(commands: readonly string[]): boolean {
  const lines = commands.flatMap((command) => command.split('\n')).filter((line) => /\S/.test(line));
  return lines.length > 0 && lines.every((line) => /^\s*(?:#|\\\s*$)/.test(line));
}

export const onlyComments = 'expected a command: nothing here but comments, which always succeed';

const ids = (prefix: string, most: number) =>
  z
    .array(
      z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `expected an ID such as ${prefix}-0123456789abcdef0`),
    )
    .min(1)
    .max(most);

export const computeTypeSchema = z.enum(['small', 'medium', 'large', 'xlarge', '2xlarge']);

/** Limits of 16 subnets and 5 security groups: CodeBuild's API reference, `VpcConfig`. */
export const buildVpcSchema = closedObject({
  vpcId: z
    .string()
    .regex(/^vpc-[0-9a-f]{8,17}$/, 'expected the ID of a VPC')
    .describe('ID of the VPC.'),
  subnetIds: ids('subnet', 16).describe('IDs of private subnets that reach the internet or the endpoints needed.'),
  securityGroupIds: ids('sg', 5).describe('IDs of security groups, at most 5.'),
}).describe('An existing VPC to run in.');

const cachePaths = z
  .array(text)
  .min(1)
  .optional()
  .describe('What is kept, as globs; by default `/root/.npm/**/*` and `/root/.cache/**/*`.');

export const s3CacheSchema = closedObject({
  type: z.literal('s3').describe('In a bucket.'),
  bucket: bucketNameSchema.describe('Name of an existing bucket.'),
  prefix: objectKeySchema.optional().describe('Beginning of the keys in the bucket.'),
  paths: cachePaths,
});

/** `docker` needs a privileged build; `paths` are for `custom`. */
export const localCacheSchema = closedObject({
  type: z.literal('local').describe('On the machine, for as long as it lives.'),
  modes: z
    .array(z.enum(['source', 'docker', 'custom']))
    .min(1)
    .describe('What is kept: the fetched source, layers of docker images, or the directories of `paths`.'),
  paths: cachePaths,
}).refine(({ modes, paths }) => paths === undefined || modes.includes('custom'), {
  path: ['paths'],
  error: 'expected the mode "custom" beside `paths`',
});

export const buildCacheSchema = z
  .discriminatedUnion('type', [localCacheSchema, s3CacheSchema])
  .describe('Where files are kept between runs.');

export const buildImageSchema = z
  .union(
    [
      imageNameSchema,
      closedObject({
        name: imageNameSchema.describe('Name of the image.'),
        secret: secretIdSchema
          .optional()
          .describe('Name or ARN of a secret with `username` and `password`, for a private registry other than ECR.'),
        architecture: z.enum(['x86_64', 'arm64']).optional().describe('Of the machine; by default `x86_64`.'),
      }),
    ],
    { error: 'expected the name of a docker image, or { name, secret?, architecture? }' },
  )
  .describe("Docker image to run in; by default the pipeline's.");

export const fileSystemsSchema = z
  .array(
    closedObject({
      identifier: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]{0,126}$/, 'expected A-Z a-z 0-9 _, not beginning with a digit')
        .describe('The variable `CODEBUILD_<IDENTIFIER>` holds the mount point.'),
      fileSystemId: z
        .string()
        .regex(/^fs-[0-9a-f]{8,40}$/, 'expected an ID such as fs-0123456789abcdef0')
        .describe('ID of a file system in EFS.'),
      directory: z
        .string()
        .regex(/^\/[^\s${}]*$/, 'expected an absolute path')
        .optional()
        .describe('Directory inside the file system; by default its root.'),
      mountPoint: z
        .string()
        .regex(/^\/[^\s${}]+$/, 'expected an absolute path')
        .describe('Where it is mounted in the container.'),
      mountOptions: z
        .string()
        .regex(/^[\w=.,:-]+$/, 'expected NFS options such as "nfsvers=4.1,hard"')
        .optional()
        .describe("NFS options; by default CodeBuild's."),
    }),
  )
  .min(1)
  .describe('File systems in EFS, mounted while the commands run; they need `vpc`.');

/** Days that CloudWatch Logs can keep a log: its API reference, `PutRetentionPolicy`. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const loggingSchema = closedObject({
  cloudWatch: z
    .union(
      [
        z.literal(false),
        closedObject({
          group: z
            .string()
            .regex(/^[A-Za-z0-9_/.#-]{1,512}$/, 'expected the name of a log group')
            .describe('Name of an existing log group.'),
        }),
        closedObject({
          retention: z
            .int()

            .refine((days) => retentionDays.includes(days), `expected one of ${retentionDays.join(', ')}`)
            .describe('Days that the log is kept, in a group made for it.'),
        }),
      ],
      {
        error: `expected false, { group } of an existing log group, or { retention } in days: ${retentionDays.join(', ')}`,
      },
    )
    .optional()
    .describe(
      'CloudWatch Logs: an existing `group`, or a group of its own with `retention` in days; `false` for none.',
    ),
  s3: closedObject({
    bucket: bucketNameSchema.describe('Name of an existing bucket.'),
    prefix: objectKeySchema.optional().describe("Beginning of the keys; by default the project's name."),
    encrypted: z.boolean().optional().describe('Whether CodeBuild encrypts the log; by default it does.'),
  })
    .optional()
    .describe('A bucket that gets the log, too.'),
}).describe('Where the log goes.');

/** Patterns and variables of IAM are an author's to write here; what CloudFormation would replace is not. */
const isNoReference = (value: string) => !value.includes('{{');
const noReference = 'expected no "{{", which CloudFormation would replace';
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
const resource = text
  .refine(isNoReference, noReference)
  .refine(
    (value) => !isNoReference(value) || /^[*?]*\*[*?]*$|^arn:[^:]+:[^:]+:[^:]*:[^:]*:.|^arn:.*\*$/s.test(value),
    'expected an ARN, or "*"',
  );
const iamValue = z.string().refine(isNoReference, noReference);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const conditionOperator = z
  .string()
  .regex(
    /^(?:(?:ForAllValues|ForAnyValue):)?(?:Null|(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)|(?:Numeric|Date)(?:NotEquals|Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?)$/,
  );

export const policyStatementSchema = closedObject({
  effect: z.enum(['Allow', 'Deny']).describe('Whether the statement allows or denies.'),
  actions: z
    .array(z.string().regex(/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/, 'expected an action such as "s3:GetObject"'))
    .min(1)
    .describe('IAM actions.'),
  resources: z.array(resource).min(1).describe('ARNs, with `*` where needed.'),
  conditions: z
    .record(conditionOperator, z.record(text, z.union([iamValue, z.array(iamValue)])))
    .optional()
    .describe('IAM conditions, by operator and key.'),
  acknowledge: z
    .string()
    .regex(/\S/, 'expected a reason')
    .max(300)
    .optional()
    .describe(
      'Why the statement allows everything, approvals, or to pass or assume every role; shown instead of the warning.',
    ),
});

/** Minutes, 5 to 2,160 (36 hours): CodeBuild's API reference, `timeoutInMinutes`. */
export const buildTimeoutSchema = z.int().min(5).max(2160);
