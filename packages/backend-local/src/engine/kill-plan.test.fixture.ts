/** The plan of the run that is killed: 30 actions in three groups, two of them gates. */
import type { NodeSketch } from './plan.test.fixture.ts';

export const killSketches: readonly NodeSketch[] = Array.from({ length: 30 }, (_, index) => ({
  id: `n${index}`,
  group: `w${Math.floor(index / 10)}`,
  after: index % 10 < 3 ? [] : [`n${index - 3}`],
  kind: index % 14 === 13 ? 'question' : 'task',
}));
