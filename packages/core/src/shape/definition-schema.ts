/** The shape of a definition, apart from the workflows, which are read with the kinds at hand. */
import * as z from 'zod';
import type { DeploymentStacks } from '../definition/deployment.ts';
import { isStageClass } from '../definition/stage-class.ts';
import { isConstructPath } from '../model/construct-path.ts';
import { isAccount, isRegion } from '../model/environment.ts';
import { isDeploymentName, isName } from '../model/names.ts';
import type { StepPosition } from '../model/step.ts';
import {
  buildCacheSchema,
  buildImageSchema,
  buildTimeoutSchema,
  buildVpcSchema,
  commandSchema,
  computeTypeSchema,
  fileSystemsSchema,
  hasOnlyComments,
  loggingSchema,
  onlyComments,
  policyStatementSchema,
} from '../schemas/build-schemas.ts';
import { buildSpecSchema } from '../schemas/build-spec-schema.ts';
import { closedObject } from '../schemas/closed-object.ts';
import { exportsSchema, valueReferenceSchema } from '../schemas/value-reference-schema.ts';
import { sourceSchema } from './source-schema.ts';
import { isInsideWorkspace } from './workspace-directories.ts';

/** Key of what a definition that is written as data cannot have. */
export const codeOnly = 'x-cdkpipe-code';

/** Where JSON Schema has the workflows of a position. */
export function workflowReference(position: StepPosition): string {
  return `#/$defs/${position}Workflow`;
}

/** Codes that a refinement carries in `params`, for the translation into problems. */
export type SchemaFault = 'account' | 'region' | 'name' | 'deploymentName';

// Custom altogether: an account that is a number deserves the same words as one that has eleven digits.
const refined = (holds: (text: string) => boolean, fault: SchemaFault, shape: z.GlobalMeta, what = '') =>
  z
    .custom<string>((value) => typeof value === 'string' && holds(value), { params: { fault, what } })
    .meta({ type: 'string', ...shape });

const text = z.string().min(1);
const environment = closedObject({
  account: refined(isAccount, 'account', { pattern: '^\\d{12}$', description: '12 digits; quoted in YAML.' }),
  region: refined(isRegion, 'region', { examples: ['eu-west-1'] }),
});
const nameShape = { pattern: '^[A-Za-z0-9.@_-]{1,100}$' };
const name = (what: string) => refined(isName, 'name', nameShape, what);
/** Read later by `readWorkflow`; JSON Schema has the kinds of the position there (`definition-json-schema.ts`). */
const workflow = (position: StepPosition) =>
  z
    .unknown()
    .optional()
    .meta({ $ref: workflowReference(position) });
const rollback = z.literal('auto').optional();

const ruleLevel = z.enum(['off', 'warning', 'error']);
const ruleSetting = z.union([ruleLevel, z.tuple([ruleLevel, z.record(z.string(), z.unknown())])], {
  error: 'expected "off", "warning", "error", or a list of one of them and options: ["warning", { ... }]',
});
const acknowledge = z.record(text, z.string().regex(/\S/, 'expected a reason').max(300)).optional();

const environmentValue = z.union([z.string(), valueReferenceSchema], {
  error: 'expected text, source.attribute(...), variable(...) or exported(...)',
});

const build = closedObject({
  script: z
    .string()
    .refine(isInsideWorkspace, 'expected a relative path of A-Z a-z 0-9 . _ - and / without ".." such as "ci/build.sh"')
    .optional(),
  commands: z
    .array(commandSchema)
    .refine((commands) => !hasOnlyComments(commands), onlyComments)
    .default([]),
  installCommands: z.array(commandSchema).default([]),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), environmentValue).default({}),
  exports: exportsSchema.optional(),
  image: buildImageSchema.optional(),
  computeType: computeTypeSchema.optional(),
  privileged: z.boolean().optional(),
  cache: buildCacheSchema.optional(),
  vpc: buildVpcSchema.optional(),
  fileSystems: fileSystemsSchema.optional(),
  logging: loggingSchema.optional(),
  buildSpec: buildSpecSchema.optional(),
  timeout: buildTimeoutSchema.optional(),
  rolePolicy: z.array(policyStatementSchema).default([]),
  output: text.optional(),
  before: workflow('build'),
  after: workflow('build'),
});

const stacks = z
  .custom<DeploymentStacks>(
    (value) => typeof value === 'function' || isStageClass(value),
    'expected a function or stageClass(...)',
  )
  // A file of data holds no code.
  .meta({ [codeOnly]: true });

// What they hold are objects of the CDK, which it judges itself.
const stageProps = closedObject({
  stageName: text.optional(),
  permissionsBoundary: z.unknown().optional(),
  propertyInjectors: z.array(z.unknown(), 'expected a list of property injectors').optional(),
  policyValidationBeta1: z.array(z.unknown(), 'expected a list of validation plugins').optional(),
});

const assembly = z.union([text, closedObject({ directory: text, stacks: z.array(text).min(1).refine(areDistinct) })], {
  error: 'expected the directory of a cloud assembly, or { directory, stacks: [IDs of stacks, each once] }',
});

const constructPath = z
  .string()
  .refine(
    (path) => path === '' || isConstructPath(path),
    'expected construct IDs of A-Z a-z 0-9 . _ - and blanks, joined by "/", such as "OrdersPipeline"',
  )
  .optional();

const deployment = closedObject({
  name: refined(isDeploymentName, 'deploymentName', { pattern: '^[A-Za-z][A-Za-z0-9._-]*$' }),
  env: environment,
  stacks: stacks.optional(),
  stageProps: stageProps.optional(),
  constructPath,
  assembly: assembly.optional(),
  order: z.array(z.array(text).min(2)).default([]),
  changes: workflow('change'),
  approvals: workflow('approval'),
  prepare: z
    .union([z.enum(['all', 'each']), z.literal(false)], { error: 'expected "all", "each" or false' })
    .optional(),
  updateWeakReferences: z.boolean().optional(),
  rollback,
  acknowledge,
});

const wave = closedObject({
  name: name('wave'),
  deployments: z.array(deployment),
  before: workflow('wave'),
  rollback,
  acknowledge,
});

/** Only directories that hold the definition can be a source with it inside. */
const root = z
  .string()
  .refine(
    (path) => /^(\.|\.\.(\/\.\.)*)$/.test(path),
    'expected the directory of the definition, ".", or one above it, such as "../.."',
  )
  .optional();

const rehearsal = closedObject({
  outputs: z.record(text, z.record(text, z.string())).default({}),
  against: text.optional(),
});

export const definitionSchema = closedObject({
  name: name('pipeline'),
  env: environment,
  plugins: z.array(z.unknown()).default([]),
  root,
  source: sourceSchema,
  additionalSources: z.record(z.string(), sourceSchema).default({}),
  variables: z.record(text, closedObject({ default: text.optional(), description: text.optional() })).default({}),
  constructPath,
  updateWeakReferences: z.boolean().optional(),
  build,
  update: closedObject({ before: workflow('wave') }).optional(),
  waves: z.array(wave),
  rehearsal: rehearsal.optional(),
  rules: z.record(text, ruleSetting).default({}),
  acknowledge,
  backends: z.record(z.string(), z.unknown()).default({}),
});

function areDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

/** A definition of the right shape, defaults filled in, workflows still as written. */
export type ShapedDefinition = z.output<typeof definitionSchema>;
export type ShapedDeployment = z.output<typeof deployment>;
export type ShapedSource = z.output<typeof sourceSchema>;
