/** Who is told that an approval begins. */
import type { Grant } from './grant.ts';

/** Who is to be told that an approval has begun: an existing topic's subscribers, or these addresses. */
export interface ToldPeople {
  readonly topic?: string | undefined;
  readonly emails?: readonly string[] | undefined;
}

/** What the action of an approval needs so that people are told; both parts are empty where nobody is. */
export interface Told {
  /** Belongs into the action's configuration. */
  readonly configuration: { readonly NotificationArn?: string };
  readonly grants: readonly Grant[];
}
