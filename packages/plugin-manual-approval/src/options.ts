/** The options of `manual`: the type, the check at run time and the docs come from this schema. */
import {
  approvalTimeoutSchema,
  emailsSchema,
  hasOneAudience,
  oneAudienceOnly,
  topicSchema,
  valueReferenceSchema,
} from '@cdkpipe/core/schemas';
import * as z from 'zod';

const longestText = 1000;

const part = z.union([z.string().min(1).describe('Text taken as it is.'), valueReferenceSchema], {
  error: 'expected text, or a reference such as output(...)',
});

const list = z.array(part).min(1).describe('Texts and references to values, joined without a separator.');

/** Text, a reference, or a list of both. */
const composed = z.union([z.string().min(1).max(longestText), valueReferenceSchema, list], {
  error: 'expected text, a reference such as output(...), or a list of both',
});

const comment = composed
  .refine(isShortEnough, `expected at most ${longestText} characters`)
  .describe('What the approver should know; at most 1,000 characters once values are filled in.');

const link = composed
  .refine(canBeUrl, 'expected a URL that begins with http:// or https:// and has no spaces')
  .refine(hasNoUser, 'expected a URL without user and password, which everybody would see who may look at the pipeline')
  .refine(isShortEnough, `expected at most ${longestText} characters`)
  .describe('URL for the approver to look at; at most 1,000 characters once values are filled in.');

const approvers = z
  .strictObject({
    count: z.int().min(1).max(20).describe('How many different people must approve, 1 to 20.'),
    of: z
      .array(z.string().min(1).describe('Name of a person, as they give it to `cdkpipe approve --user`.'))
      .min(1)
      .refine(areDistinct, 'expected each person once')
      .optional()
      .describe('Who may approve; by default anybody.'),
  })
  .refine(({ count, of }) => of === undefined || of.length >= count, {
    path: ['count'],
    error: 'expected at most as many as `of` names, or nobody could ever approve',
  })
  .describe('A quorum: several people must approve, and one rejection rejects. On `local` only.');

export const manualOptions = z
  .strictObject({
    comment: comment.optional(),
    link: link.optional(),
    topic: topicSchema.optional(),
    emails: emailsSchema.optional(),
    passIfUnchanged: z
      .boolean()
      .optional()
      .describe('In `changes`: pass without a person when no change set holds a change. By default false.'),
    timeout: approvalTimeoutSchema.optional(),
    approvers: approvers.optional(),
  })
  .refine(hasOneAudience, oneAudienceOnly)
  .describe('Waits until a person approves or rejects.');

export type ManualInput = z.input<typeof manualOptions>;
export type ManualOptions = z.output<typeof manualOptions>;
/** Text that may hold values. */
export type ComposedText = z.output<typeof composed>;

function textsOf(value: ComposedText): string[] {
  return [value].flat().filter((item) => typeof item === 'string');
}

// A single text has its limit in the schema itself, where JSON Schema shows it.
function isShortEnough(value: ComposedText): boolean {
  return typeof value === 'string' || textsOf(value).join('').length <= longestText;
}

function areDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function hasNoUser(value: ComposedText): boolean {
  const [first] = [value].flat();
  return typeof first !== 'string' || !/^https?:\/\/[^/?#]*@/i.test(first);
}

function canBeUrl(value: ComposedText): boolean {
  const [first] = [value].flat();
  if (textsOf(value).some((text) => /\s/.test(text))) return false;
  if (typeof first !== 'string') return true;
  return typeof value === 'string' ? /^https?:\/\//i.test(value) && URL.canParse(value) : /^https?:\/\//i.test(first);
}
