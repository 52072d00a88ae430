/** Fills in what starts a source: the main one by its type's default, additional ones never. */
import type { Source } from '../model/source.ts';
import type { ShapedSource } from './definition-schema.ts';

const defaultTriggers = {
  connection: 'push',
  github: 'webhook',
  codeCommit: 'event',
  // EventBridge has to be switched on at the bucket, which we do not own; polling always works.
  s3: 'poll',
  ecr: 'event',
} as const;

export function triggeringSource(source: ShapedSource): Source {
  return { ...source, trigger: source.trigger ?? defaultTriggers[source.type] } as Source;
}

export function additionalSource(source: ShapedSource): Source {
  return { ...source, trigger: 'none' } as Source;
}
