/** Finds ARNs of another partition than the pipeline's, such as `arn:aws-cn:` in `eu-west-1`: nothing there could be reached. */
import { gatesOf, type Plan, type Problem, stepsOf } from '@cdkpipe/core';
import { findPartition } from '../aws/partitions.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { arnOfOtherPartition } from '../problems/stacks.ts';

/** What the commands make of a text is theirs. */
const texts: ReadonlySet<string> = new Set(['commands', 'installCommands', 'env', 'buildSpec', 'comment', 'payload']);

export function checkArns({ pipeline }: Plan, options: CodePipelineOptions): Problem[] {
  const { region } = pipeline.env;
  const partition = findPartition(region);
  if (partition === undefined) return [];
  const { before, after, ...build } = pipeline.build;
  const steps = [...stepsOf(before), ...stepsOf(after), ...gatesOf(pipeline)];
  const parts: (readonly [unknown, string])[] = [
    [pipeline.source, 'source'],
    ...pipeline.additionalSources.map(
      (each) => [each, `additionalSources[${JSON.stringify(each.directory)}]`] as const,
    ),
    [build, 'build'],
    ...steps.map(({ options: given, path }) => [given, `${path}.options`] as const),
    [options, 'backends.codepipeline'],
  ];
  return parts.flatMap(([part, path]) =>
    arnsIn(part, path)
      .filter((found) => found.partition !== partition)
      .map(({ arn, path: at }) => arnOfOtherPartition(arn, partition, region, { path: at })),
  );
}

interface FoundArn {
  readonly arn: string;
  readonly partition: string;
  readonly path: string;
}

function arnsIn(value: unknown, path: string): FoundArn[] {
  if (typeof value === 'string') {
    const [, partition] = /^arn:(aws(?:-[a-z]+)*):/.exec(value) ?? [];
    return partition === undefined ? [] : [{ arn: value, partition, path }];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => arnsIn(each, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (texts.has(key) ? [] : arnsIn(each, `${path}.${key}`)));
}
