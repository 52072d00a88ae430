/** The schema of what `output(stack, name)` makes, for the options of kinds. */
import * as z from 'zod';
import { closedObject } from './closed-object.ts';

export const outputReferenceSchema = closedObject({
  $ref: z.literal('output').describe('Marks a reference to the output of a stack.'),
  stack: z
    .string()
    .min(1)
    .describe("Path of the stack's construct inside the deployment; `/` for the constructed stage."),
  name: z
    .string()
    .min(1)
    .describe("Logical ID of the output in the stack's template; the property of the constructed stage that holds it."),
}).describe('The value of an output of a stack, as `output(stack, name)` writes it.');
