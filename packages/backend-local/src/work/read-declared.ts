/** Reads what a renderer for `local` declares, and what its task returns: anything but what the contract says is its fault. */
import { describeThrown, pluginFailed } from '@cdkpipe/core';
import { z } from 'zod';
import type { LocalAction, LocalTask, TaskResult } from '../contract/renderer.ts';
import { actionGarbage, taskGarbage } from '../problems/problems.ts';

const text = z.string().optional();

const question = z.object({
  type: z.literal('question'),
  title: text,
  comment: text,
  link: text,
  timeout: z.number().positive().optional(),
  passUnless: z
    .array(z.enum(['changes', 'permissions', 'stateful']))
    .min(1)
    .optional(),
  approvers: z.object({ count: z.int().min(1), of: z.array(z.string()).optional() }).optional(),
});

const task = z.object({
  type: z.literal('task'),
  retry: z.enum(['safe', 'ask', 'never']),
  keeps: z.array(z.string()).optional(),
  run: z.custom<LocalTask['run']>((value) => typeof value === 'function', 'expected a function'),
});

const action = z.discriminatedUnion('type', [question, task]);

const result = z.discriminatedUnion('approved', [
  z.object({ approved: z.literal(true), summary: text, exports: z.record(z.string(), z.string()).optional() }),
  z.object({ approved: z.literal(false), reason: z.string() }),
]);

/** A plain copy, so that getters and proxies of the plugin run here alone. */
export function readAction(returned: unknown): LocalAction {
  const read = parsed(action, returned, actionGarbage) as LocalAction;
  if (read.type === 'question') return read;
  return { ...read, run: (...given) => (returned as LocalTask).run(...given) };
}

/** Nothing but `true` lets anything pass. */
export function readTaskResult(returned: unknown): TaskResult {
  return parsed(result, returned, taskGarbage) as TaskResult;
}

function parsed(
  schema: z.ZodType,
  value: unknown,
  words: (message: string) => Parameters<typeof pluginFailed>[0][number],
) {
  let message: string;
  try {
    const { success, data, error } = schema.safeParse(value);
    if (success) return definedOnly(data as object);
    message = error.issues
      .map(({ path, message }) => [path.join('.'), message].filter((part) => part).join(': '))
      .join('; ');
  } catch (thrown) {
    message = describeThrown(thrown);
  }
  throw pluginFailed([words(message)]);
}

function definedOnly(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
