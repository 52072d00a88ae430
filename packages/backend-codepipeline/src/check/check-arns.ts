/** Finds ARNs of another partition than the pipeline's, such as `arn:aws-cn:` in `eu-west-1`: nothing there could be reached. */
import { gatesOf, type Plan, type Problem, stepsOf } from '@cdkpipe/core';
import { findPartition } from '../aws/partitions.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { arnOfOtherPartition } from '../problems/stacks.ts';

/** What the commands make of a text is theirs. */
const texts: ReadonlySet<string> = new Set(['commands', 'installCommands', 'env', 'comment', 'payload', 'phases']);

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
  if (typeof value === 'string') return [arnIn(value, path) ?? repositoryIn(value, path) ?? []].flat();
  if (Array.isArray(value)) return value.flatMap((each, index) => arnsIn(each, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    // Groups of reports are named by their keys.
    const at = key.startsWith('arn:') ? `${path}[${JSON.stringify(key)}]` : `${path}.${key}`;
    return texts.has(key) ? [] : [...arnsIn(key, at), ...arnsIn(each, at)];
  });
}

/** By what it says, and by its region: `arn:aws:…:cn-north-1:…` names nothing. */
function arnIn(arn: string, path: string): FoundArn | undefined {
  const [, partition = '*', region = ''] = /^arn:([^:]*):[^:]*:?([^:]*)/.exec(arn) ?? [];
  const real = findPartition(region);
  // A pattern of IAM may match the pipeline's own partition.
  if (/[*?$]/.test(partition)) return undefined;
  return { arn, partition: real !== undefined && real !== partition ? `${partition} and ${real}` : partition, path };
}

/** An image, or a repository, as docker names those of ECR. */
function repositoryIn(text: string, path: string): FoundArn | undefined {
  const [, region = '', isChinese] = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?(?:\/|$)/.exec(text) ?? [];
  const partition = findPartition(region);
  if (partition === undefined) return undefined;
  const isSpeltSo = (partition === 'aws-cn') === (isChinese !== undefined);
  return { arn: text, partition: isSpeltSo ? partition : `none as it is written`, path };
}
