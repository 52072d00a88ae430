import { describe, expect, it } from 'vitest';
import { approveWhenOpen, type World } from './approve-when-open.ts';

const schedule = { timeZone: 'UTC', open: [{ day: 2, from: 540, to: 1020 }], closed: [] };
const tuesday = Date.UTC(2026, 10, 24, 12);
const monday = Date.UTC(2026, 10, 23, 12);

/** A world in which the approval is wanted from the given look on, or never. */
function worldAt(now: number, wantedAt: number) {
  const log: string[] = [];
  let looks = 0;
  const world: World = {
    now: () => now,
    findToken: async () => {
      looks += 1;
      log.push('look');
      return looks >= wantedAt ? 'token' : undefined;
    },
    approve: async (token, summary) => log.push(`approve ${token}: ${summary}`),
    pause: async () => log.push('pause'),
  };
  return { world, log };
}

describe('the function of a window', () => {
  it('approves what waits while it is open', async () => {
    const { world, log } = worldAt(tuesday, 1);
    await approveWhenOpen(schedule, false, world);
    expect(log).toEqual(['look', 'approve token: the window is open']);
  });

  it('does nothing while it is closed, whatever calls it', async () => {
    for (const announced of [true, false]) {
      const { world, log } = worldAt(monday, 1);
      await approveWhenOpen(schedule, announced, world);
      expect(log).toEqual([]);
    }
  });

  it('approves nothing where nothing waits', async () => {
    const { world, log } = worldAt(tuesday, Number.POSITIVE_INFINITY);
    await approveWhenOpen(schedule, false, world);
    expect(log).toEqual(['look']);
  });

  it('looks again for what was announced, but not for ever', async () => {
    const soon = worldAt(tuesday, 3);
    await approveWhenOpen(schedule, true, soon.world);
    expect(soon.log).toEqual(['look', 'pause', 'look', 'pause', 'look', 'approve token: the window is open']);
    const never = worldAt(tuesday, Number.POSITIVE_INFINITY);
    await approveWhenOpen(schedule, true, never.world);
    expect(never.log.filter((entry) => entry === 'look')).toHaveLength(5);
  });
});
