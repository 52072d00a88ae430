/** Reads what a rule returned: a list of findings, as plain data. */
import * as z from 'zod';
import type { RuleFinding } from '../contracts/rule.ts';
import { isCdkpipeError } from '../errors/cdkpipe-error.ts';
import { copyPlainData } from '../shape/plain-data.ts';
import { formatPath } from '../shape/schema-problems.ts';

/** A message that nobody would read to its end is a dump of something. */
const longestText = 2000;

const text = z.string().regex(/\S/, 'expected a text').max(longestText);
const findingsSchema = z
  .array(
    z.strictObject({
      message: text,
      path: z.string().max(longestText).optional(),
      fix: text.optional(),
      node: text.optional(),
    }),
  )
  .max(10_000);

/** @throws TypeError with what is wrong; getters and proxies of the plugin run here, under its name */
export function readFindings(returned: unknown): readonly RuleFinding[] {
  const result = findingsSchema.safeParse(copied(returned));
  if (result.success) return result.data as readonly RuleFinding[];
  const [issue] = result.error.issues;
  throw new TypeError(`${formatPath(issue?.path ?? [], 'findings')}: ${issue?.message}`);
}

function copied(returned: unknown): unknown {
  try {
    return copyPlainData(returned);
  } catch (error) {
    if (!isCdkpipeError(error)) throw error;
    throw new TypeError(error.problems.map(({ message }) => message).join('; '));
  }
}
