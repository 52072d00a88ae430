/** Judges the statements of `codeBuildDefaults` as those of the build and of steps are. */
import { type JudgedPolicy, judgePolicy } from '@cdkpipe/core';
import { decidingActions } from '../aws/deciding-actions.ts';
import type { CodePipelineOptions } from '../options/options.ts';

const layers = ['all', 'build', 'steps', 'assets', 'selfUpdate'] as const;

export function judgeDefaults({ codeBuildDefaults = {} }: CodePipelineOptions): JudgedPolicy {
  const judged = layers.map((layer) =>
    judgePolicy(
      `backends.codepipeline.codeBuildDefaults.${layer}.rolePolicy`,
      codeBuildDefaults[layer]?.rolePolicy ?? [],
      decidingActions,
    ),
  );
  return { warnings: judged.flatMap(({ warnings }) => warnings), notes: judged.flatMap(({ notes }) => notes) };
}
