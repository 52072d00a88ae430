/** The schemas of all references to values, for the options of kinds. */
import * as z from 'zod';
import { closedObject } from './closed-object.ts';
import { outputReferenceSchema } from './output-reference-schema.ts';

const text = z.string().min(1);

const sourceReferenceSchema = closedObject({
  $ref: z.literal('source').describe('Marks a reference to an attribute of a source.'),
  attribute: text.describe('For example `commitId`; which a source has depends on its type.'),
  directory: text.optional().describe('Directory of an additional source; the main one when absent.'),
}).describe('An attribute of a source, as `source.attribute(name, directory)` writes it.');

const variableReferenceSchema = closedObject({
  $ref: z.literal('variable').describe('Marks a reference to a variable of the pipeline.'),
  name: text.describe("Name in the definition's `variables`."),
}).describe('The value of a variable of the pipeline, as `variable(name)` writes it.');

const exportedReferenceSchema = closedObject({
  $ref: z.literal('exported').describe('Marks a reference to a variable that a step exports.'),
  step: text.describe('`Build`, the name of a step, or its whole ID.'),
  name: text.describe("Name in the step's `exports`."),
}).describe('A variable that an earlier step exports, as `exported(step, name)` writes it.');

/** `output(...)`, `source.attribute(...)`, `variable(...)` or `exported(...)`. */
export const valueReferenceSchema = z.discriminatedUnion('$ref', [
  outputReferenceSchema,
  sourceReferenceSchema,
  variableReferenceSchema,
  exportedReferenceSchema,
]);

/**
 * Environment variables that a step or the build exports. CodeBuild keeps names with `CODEBUILD_` for itself, and exports none with
 * `AWS_`: `env/exported-variables` in https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export const exportsSchema = z
  .array(
    z
      .string()
      .regex(
        /^(?!AWS_|CODEBUILD_|CDKPIPE_)[A-Za-z_][A-Za-z0-9_]*$/,
        'expected the name of an environment variable that does not begin with a digit, AWS_, CODEBUILD_ or CDKPIPE_; copy the value to a variable with another name and export that',
      ),
  )
  .min(1)
  .refine((names) => new Set(names).size === names.length, 'expected each name once');
