/** Draws the action that fetches one source. */
import type { Source, SourceNode } from '@cdkpipe/core';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { Place } from '../problems/place.ts';
import { sourceVariables } from '../values/source-variables.ts';
import { actionText } from '../values/text.ts';
import { artifactOfSource } from './clone-grants.ts';
import { codeCommitAction } from './code-commit.ts';
import { connectionAction } from './connection.ts';
import { ecrAction } from './ecr.ts';
import { gitHubAction } from './git-hub.ts';
import { s3Action } from './s3.ts';
import type { SourceAction } from './source-action.ts';

/** Additional sources are fetched and never trigger, whatever their definition says. */
export function drawSource(drawing: Drawing, node: SourceNode): ActionDeclaration {
  const place = { path: node.path, node: node.id };
  for (const [option, value] of Object.entries(node.source))
    if (typeof value === 'string') actionText(value, option, place);
  return {
    category: 'Source',
    ...sourceAction(drawing, node.source, node.directory === undefined, place),
    outputs: [artifactOfSource(node)],
    variables: sourceVariables(node.source),
  };
}

function sourceAction(drawing: Drawing, source: Source, triggers: boolean, place: Place): SourceAction {
  switch (source.type) {
    case 'connection':
      return connectionAction(source, triggers);
    case 'github':
      return gitHubAction(source, triggers, place);
    case 'codeCommit':
      return codeCommitAction(drawing, source, triggers);
    case 's3':
      return s3Action(drawing, source, triggers);
    case 'ecr':
      return ecrAction(drawing, source);
  }
}
