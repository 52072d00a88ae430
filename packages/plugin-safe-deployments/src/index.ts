/** The entry point of @cdkpipe/plugin-safe-deployments. */
import { definePlugin } from '@cdkpipe/core';
import { alarmsWatched } from './rules/alarms-watched.ts';
import { bakeBetweenWaves } from './rules/bake-between-waves.ts';
import { oneBoxFirst } from './rules/one-box-first.ts';
import { oneRegionAtATime } from './rules/one-region-at-a-time.ts';
import { reviewBeforeProduction } from './rules/review-before-production.ts';
import { rollbackDeclared } from './rules/rollback-declared.ts';
import { timeWindow } from './rules/time-window.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-safe-deployments',
  api: 1,
  rules: [
    oneBoxFirst,
    bakeBetweenWaves,
    alarmsWatched,
    reviewBeforeProduction,
    oneRegionAtATime,
    rollbackDeclared,
    timeWindow,
  ],
});

export type { Production } from './pipeline/production.ts';
