/** Checks what a renderer, or a tap, returned. */
import { z } from 'zod';
import type { GitHubWork } from '../contract/github-work.ts';

const reference = z.looseObject({ $ref: z.enum(['output', 'source', 'variable', 'exported']) });
const composed = z.array(z.union([z.string(), reference]));
const minutes = z.number().positive();
const rolePolicy = z.array(
  z.looseObject({ effect: z.enum(['Allow', 'Deny']), actions: z.array(z.string()), resources: z.array(z.string()) }),
);

const work = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('approval'),
    comment: composed.optional(),
    link: composed.optional(),
    timeout: minutes.max(43_200).optional(),
  }),
  z.strictObject({
    type: z.literal('commands'),
    commands: z.array(z.string()).min(1),
    env: z.record(z.string(), z.union([z.string(), reference])).optional(),
    exports: z.array(z.string()).optional(),
    inputs: z.array(z.string()).optional(),
    output: z.strictObject({ from: z.string(), to: z.string() }).optional(),
    image: z.string().optional(),
    timeout: minutes.optional(),
    rolePolicy: rolePolicy.optional(),
  }),
  z.strictObject({
    type: z.literal('function'),
    code: z.instanceof(Uint8Array),
    payload: z.unknown(),
    timeout: minutes,
    rolePolicy: rolePolicy.optional(),
  }),
]);

/** @throws Error where it is no work */
export function readWork(returned: unknown): GitHubWork {
  const { success, data, error } = work.safeParse(returned);
  if (success) return data as GitHubWork;
  throw new Error(`a renderer for github returns an approval, commands or a function: ${z.prettifyError(error)}`);
}
