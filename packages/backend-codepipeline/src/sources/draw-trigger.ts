/** Draws what starts the pipeline when the main source changes, where CodePipeline does not see that by itself. */
import type { Source, SourceNode } from '@cdkpipe/core';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { Drawing } from '../drawing/drawing.ts';
import { codeCommitEvent } from './code-commit.ts';
import { ecrEvent } from './ecr.ts';
import { drawEventTrigger, type EventPattern } from './event-trigger.ts';
import { drawGitHubWebhook } from './git-hub.ts';
import { s3Event } from './s3.ts';

export function drawTrigger(drawing: Drawing, node: SourceNode, pipeline: CfnPipeline): void {
  const { source } = node;
  if (source.trigger === 'webhook') {
    const place = { path: node.path, node: node.id };
    drawGitHubWebhook(drawing, source, { pipeline, action: node.name, place });
  }
  const pattern = findEvent(drawing, source);
  const role = source.type === 'codeCommit' ? source.eventRole : undefined;
  if (pattern) drawEventTrigger(drawing, pattern, role);
}

function findEvent(drawing: Drawing, source: Source): EventPattern | undefined {
  if (source.trigger !== 'event') return undefined;
  switch (source.type) {
    case 'codeCommit':
      return codeCommitEvent(drawing, source);
    case 's3':
      return s3Event(source);
    case 'ecr':
      return ecrEvent(source);
  }
}
