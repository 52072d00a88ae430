/** Addresses of AWS's console. */
import { findPartition } from './partitions.ts';

const consoles: Readonly<Partial<Record<string, string>>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

export interface PipelinePlace {
  readonly pipeline: string;
  readonly region: string;
}

/** Where the pipeline is shown; undefined in partitions whose console is not known. */
export function findConsole({ pipeline, region }: PipelinePlace): string | undefined {
  const domain = consoles[findPartition(region) ?? ''];
  return domain && `https://${region}.${domain}/codesuite/codepipeline/pipelines/${pipeline}/view?region=${region}`;
}
