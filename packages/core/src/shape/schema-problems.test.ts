import { expect, test } from 'vitest';
import * as z from 'zod';
import { optionProblems } from './schema-problems.ts';

const schema = z.strictObject({ mode: z.string() });
const messageOf = (message: string) =>
  optionProblems([{ message, path: ['mode'] }], 'it', 'options', schema, { mode: 'x' })[0]?.message;

test('words of a schema go on in the middle of a sentence, but capitals stay capitals', () => {
  expect(messageOf('Expected a mode')).toBe('it does not accept this: expected a mode, found "x"');
  expect(messageOf('PARALLEL runs collide')).toBe('it does not accept this: PARALLEL runs collide, found "x"');
});

test('an option that is missing is called missing, and a wrong one is shown without the words of zod', () => {
  const problemsOf = (options: unknown) =>
    optionProblems(schema.safeParse(options).error?.issues ?? [], 'the kind "x"', 'options', schema, options);
  expect(problemsOf({})).toEqual([
    {
      code: 'OPTIONS_INVALID',
      message: 'the kind "x" needs the option "mode": expected string',
      path: 'options.mode',
      fix: 'add `mode`',
    },
  ]);
  expect(problemsOf({ mode: 7 })).toMatchObject([
    { message: 'the kind "x" does not accept this: expected string, found 7' },
  ]);
});
