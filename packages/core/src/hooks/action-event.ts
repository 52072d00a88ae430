/** The event of `render` for one action, with the backend's own judgement of what a tap returns. */
import type { RenderEvent } from '../contracts/hooks.ts';

export type ActionEvent = Extract<RenderEvent, { readonly type: 'action' }>;

/** Returns the action to go on with; throws where the backend cannot use it. */
export type ReadAction = (returned: unknown, before: unknown) => unknown;

// Beside the event, as a tap must not see it.
const readers = new WeakMap<ActionEvent, ReadAction>();

export function actionEvent(event: ActionEvent, read: ReadAction | undefined): ActionEvent {
  if (read) readers.set(event, read);
  return event;
}

/** The event that the next tap is given. */
export function withAction(event: ActionEvent, returned: unknown): ActionEvent {
  const read = readers.get(event);
  return actionEvent({ ...event, action: read ? read(returned, event.action) : returned }, read);
}
