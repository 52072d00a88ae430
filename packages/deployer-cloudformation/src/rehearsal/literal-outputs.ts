/** The outputs of a template that can be known without CloudFormation. */
import type { Environment } from '@cdkpipe/core';
import { partitionOf } from '../aws/partition.ts';
import type { Template } from './template-diff.ts';

/** By logical ID; outputs that only CloudFormation can make are left out. */
export function literalOutputs({ Outputs = {} }: Template, env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Outputs).flatMap(([id, { Value }]) => {
      const value = literal(Value, env);
      return value === undefined ? [] : [[id, value] as const];
    }),
  );
}

function literal(value: unknown, env: Environment): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if ('Ref' in value) return pseudoParameter(value.Ref, env);
  if ('Fn::Join' in value) return joined(value['Fn::Join'], env);
  return undefined;
}

function pseudoParameter(name: unknown, { account, region }: Environment): string | undefined {
  const { partition, suffix } = partitionOf(region);
  const known: Record<string, string> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': suffix,
  };
  return known[String(name)];
}

function joined(join: unknown, env: Environment): string | undefined {
  if (!Array.isArray(join) || typeof join[0] !== 'string' || !Array.isArray(join[1])) return undefined;
  const parts = join[1].map((part) => literal(part, env));
  return parts.includes(undefined) ? undefined : parts.join(join[0]);
}
