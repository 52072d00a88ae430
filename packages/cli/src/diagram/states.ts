/** How the states of actions are written in a picture: a glyph and a word, so that no colour is needed to read them. */
import type { DiagramState } from './diagram.ts';

export const stateWords: Readonly<Record<DiagramState, string>> = {
  pending: '○ pending',
  running: '▸ unfinished',
  waiting: '◇ waits',
  succeeded: '✓ succeeded',
  skipped: '– skipped',
  failed: '✗ failed',
  rejected: '✗ rejected',
};
