/** Decides a bake from what its alarms say now and said meanwhile. */

export interface Bake {
  readonly minutes: number;
  /** Names. */
  readonly alarms: readonly string[];
}

export interface Alarm {
  readonly name: string;
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  readonly state: string;
  /** Why, as CloudWatch says it. */
  readonly reason?: string;
  /** Milliseconds since 1970 at which it last went from one state to another. */
  readonly changed?: number;
}

/** What CloudWatch and the clock know. */
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** Those of the alarms that exist. */
  describe(names: readonly string[]): Promise<readonly Alarm[]>;
  /** Whether the alarm has been in `ALARM` since then. */
  wentOff(name: string, since: number): Promise<boolean>;
}

/** As the kind `lambda` wants a check to answer. */
export type BakeAnswer =
  | { readonly approved: boolean; readonly reason: string }
  | { readonly pending: true; readonly state: number; readonly reason: string };

/** CodePipeline ends the action after 24 hours, and the last look must come before. */
const longest = 1435;

/** @param since when the bake began, in milliseconds since 1970; undefined for the first look */
export async function judgeBake(
  { minutes, alarms }: Bake,
  since: number | undefined,
  world: World,
): Promise<BakeAnswer> {
  const now = world.now();
  const began = since ?? now;
  const fault = alarms.length === 0 ? undefined : await findFault(alarms, began, world);
  if (fault !== undefined) return { approved: false, reason: fault };
  const passed = Math.floor((now - began) / 60_000);
  const quiet = alarms.length === 0 ? '' : `, no alarm of ${alarms.length} went off`;
  if (passed >= Math.min(minutes, longest)) return { approved: true, reason: `${passed} minutes${quiet}` };
  return { pending: true, state: began, reason: `${passed} of ${minutes} minutes${quiet}` };
}

async function findFault(names: readonly string[], began: number, world: World): Promise<string | undefined> {
  const found = await world.describe(names);
  const missing = names.filter((name) => !found.some((alarm) => alarm.name === name));
  if (missing.length > 0) return `there is no alarm ${missing.join(', ')}`;
  const ringing = found.find(({ state }) => state === 'ALARM');
  if (ringing) return `the alarm ${ringing.name} is in ALARM${ringing.reason ? `: ${ringing.reason}` : ''}`;
  for (const { name, changed } of found)
    if (changed !== undefined && changed >= began && (await world.wentOff(name, began)))
      return `the alarm ${name} was in ALARM meanwhile`;
  return undefined;
}
