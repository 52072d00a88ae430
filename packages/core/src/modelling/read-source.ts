/** Reads sources, and what of them starts runs: the main one by its type's default, additional ones never. */
import * as words from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';
import type { AdditionalSource, Source } from '../model/source.ts';
import type { ShapedSource } from '../shape/definition-schema.ts';

const defaultTriggers = {
  connection: 'push',
  github: 'webhook',
  codeCommit: 'event',
  s3: 'event',
  ecr: 'event',
} as const;

/** Faults are added to `problems`. */
export function readSource(source: ShapedSource, problems: Problem[]): Source {
  const hasFilters = source.type === 'connection' && source.triggers !== undefined;
  if (hasFilters && source.trigger !== undefined) problems.push(words.triggerTwice('source.trigger'));
  const trigger = hasFilters ? 'filters' : (source.trigger ?? defaultTriggers[source.type]);
  if (source.type === 'codeCommit' && source.eventRole !== undefined && trigger !== 'event')
    problems.push(words.eventRoleUnused('source.eventRole', trigger));
  return { ...source, trigger } as Source;
}

export function readAdditionalSource(directory: string, source: ShapedSource, problems: Problem[]): AdditionalSource {
  const path = `additionalSources[${JSON.stringify(directory)}]`;
  for (const option of ['trigger', 'triggers', 'eventRole'])
    if (Object.entries(source).some(([key, value]) => key === option && value !== undefined))
      problems.push(words.additionalSourceTriggers(`${path}.${option}`));
  return { directory, source: { ...source, trigger: 'none' } as Source };
}
