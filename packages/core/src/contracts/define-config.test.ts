import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { build } from '../definition/build.ts';
import { deploy, wave } from '../definition/deployment.ts';
import { source } from '../definition/source.ts';
import { defineConfig } from './define-config.ts';
import { definePlugin } from './plugin.ts';

const policy = definePlugin({ name: 'policy', api: 1, options: z.strictObject({ level: z.number() }) });
const team = definePlugin({ name: 'team', api: 1, options: z.strictObject({ team: z.string() }) });
const plain = definePlugin({ name: 'plain', api: 1 });

const env = { account: '111111111111', region: 'eu-west-1' };
const rest = {
  name: 'orders',
  env,
  source: source.codeCommit('orders'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [],
};

test('TypeScript checks the options in pairs against the schema of their plugin', () => {
  defineConfig({
    ...rest,
    plugins: [plain, 'npm-name', [policy, { level: 1 }], ['npm-name-2', { any: 1 }], [team, { team: 'shop' }]],
    waves: [
      wave('Only', [
        deploy('Beta', {
          env,
          stacks: (stage) => {
            expectTypeOf(stage).not.toBeAny();
          },
        }),
      ]),
    ],
  });
  defineConfig(() => ({ ...rest, plugins: [plain, [policy, { level: 1 }]] }));
  // @ts-expect-error a text is no level
  defineConfig({ ...rest, plugins: [[policy, { level: 'high' }]] });
  // @ts-expect-error those of another plugin
  defineConfig({ ...rest, plugins: [team, [policy, { team: 'shop' }]] });
  // @ts-expect-error it takes no options
  defineConfig({ ...rest, plugins: [[plain, { level: 1 }]] });
});
