/** A small valid definition and the kinds it uses, for tests to change one thing in. */
import * as z from 'zod';
import { defineKind } from '../contracts/kind.ts';
import { definePlugin } from '../contracts/plugin.ts';
import { type Registry, registerPlugins } from '../contracts/registry.ts';
import { defineRenderer } from '../contracts/renderer.ts';
import { CdkpipeError } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';

export const stacks = () => {};

export const beta = { account: '222222222222', region: 'eu-west-1' };

/** Data as an author would write it; tests spread it and change one thing. */
export const valid = {
  name: 'orders',
  env: { account: '111111111111', region: 'eu-west-1' },
  source: { type: 'github', repository: 'acme/orders' },
  build: { commands: ['npx cdkpipe synth'] },
  waves: [{ name: 'Beta', deployments: [{ name: 'Beta', env: beta, stacks }] }],
};

/** The valid definition with one deployment changed. */
export function withDeployment(change: Record<string, unknown>): Record<string, unknown> {
  return { ...valid, waves: [{ name: 'Beta', deployments: [{ name: 'Beta', env: beta, stacks, ...change }] }] };
}

export const ask = (name: string, options?: unknown) => ({
  kind: 'ask',
  name,
  ...(options === undefined ? {} : { options }),
});
export const check = (name: string, options: Record<string, unknown> = { command: 'true' }) => ({
  kind: 'check',
  name,
  options,
});

/** A gate without code, a gate that runs code, and one that lowers to both. */
export const kinds = [
  defineKind({ name: 'ask', summary: 'asks', options: z.strictObject({ comment: z.unknown().optional() }) }),
  defineKind({
    name: 'check',
    summary: 'runs a command',
    options: z.strictObject({
      command: z.string().describe('a command'),
      env: z.record(z.string(), z.unknown()).optional(),
    }),
    positions: ['build', 'change', 'approval'],
    runsCode: true,
  }),
  defineKind({
    name: 'askAndCheck',
    summary: 'asks, then checks',
    options: z.strictObject({ command: z.string() }),
    lower: ({ command }) => [ask('Ask'), check('Check', { command })],
  }),
  defineKind({ name: 'bare', summary: 'takes nothing' }),
];

export const plugin = definePlugin({
  name: 'test-plugin',
  version: '1.2.3',
  api: 1,
  kinds,
  renderers: ['ask', 'check', 'bare'].map((kind) => defineRenderer({ backend: 'test', kind, render: () => ({}) })),
});

export const registry: Registry = registerPlugins([plugin]);

/** The problems of what `work` throws. */
export async function problemsOf(work: () => unknown): Promise<readonly Problem[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CdkpipeError) return error.problems;
    throw error;
  }
  return [];
}
