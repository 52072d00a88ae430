/** The options of `kindName`: the type, the check at run time and the docs come from this schema. */
import * as z from 'zod';

export const options = z
  .strictObject({
    url: z
      .string()
      .max(500)
      .regex(/^https:\/\/[\w.~:/?&=%-]+$/, 'expected a URL that begins with https://')
      .describe('Page that must answer.'),
    question: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^#{}]+$/, 'expected text without #, { and }')
      .optional()
      .describe('What the person is asked. By default whether all is well.'),
  })
  .describe('A page answers, and a person confirms.');

export type KindInput = z.input<typeof options>;
export type KindOptions = z.output<typeof options>;
