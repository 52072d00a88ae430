/** Schemas of what the build and every kind that runs commands have in common. */
import * as z from 'zod';
import { closedObject } from './closed-object.ts';

const text = z.string().min(1);

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

export const s3CacheSchema = closedObject({
  type: z.literal('s3').describe('In a bucket.'),
  bucket: text.describe('Name of an existing bucket.'),
  prefix: text.optional().describe('Beginning of the keys in the bucket.'),
});

export const policyStatementSchema = closedObject({
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

/** Minutes, 5 to 2,160 (36 hours): CodeBuild's API reference, `timeoutInMinutes`. */
export const buildTimeoutSchema = z.int().min(5).max(2160);
