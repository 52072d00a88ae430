import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './build/longest-first.ts';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/cli/test/**/*.test.ts', 'samples/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/cdk.out/**'],
    // Whole commands are run as child processes; the limit only catches what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // It imports JSON as Node.js does not allow; its bundle in a package does not.
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    pool: 'forks',
    // One more than there are cores, as what runs commands, or waits for time-outs, leaves its core idle meanwhile.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
  },
});
