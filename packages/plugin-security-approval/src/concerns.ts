/** Which findings a person is to look at. */
import type { SecurityReviewOptions } from './options.ts';

export type Concern = 'permissions' | 'stateful';

export function concernsOf({ permissions = true, stateful = true }: SecurityReviewOptions): Concern[] {
  return [...(permissions ? (['permissions'] as const) : []), ...(stateful ? (['stateful'] as const) : [])];
}
