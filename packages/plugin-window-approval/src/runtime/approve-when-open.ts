/** Approves the action that waits for a window, if there is one and the window is open. */
import { isOpen } from '../schedule/is-open.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** What CodePipeline and the clock know. */
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** Token of the approval that is wanted, if one is. */
  findToken(): Promise<string | undefined>;
  approve(token: string, summary: string): Promise<unknown>;
  /** Waits a moment. */
  pause(): Promise<unknown>;
}

/** How often to look for an approval that was announced: it may be told of before it can be given. */
const looks = 5;

/** @param announced whether CodePipeline has just said that it wants the approval */
export async function approveWhenOpen(schedule: Schedule, announced: boolean, world: World): Promise<void> {
  for (let look = 1; isOpen(schedule, world.now()); look += 1) {
    const token = await world.findToken();
    if (token !== undefined) await world.approve(token, 'the window is open');
    if (token !== undefined || !announced || look === looks) return;
    await world.pause();
  }
}
