/** Decides a bake from what its alarms say now and said since it began. */
import { createHash } from 'node:crypto';

export interface Bake {
  readonly minutes: number;
  /** Names. */
  readonly alarms: readonly string[];
  /** Minutes in which an alarm has to leave `ALARM` that was in it when the bake began; none where that may not be. */
  readonly recovers?: number;
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

/** An alarm went from one state to another. */
export interface Transition {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The new state. */
  readonly to: string;
}

/** What CloudWatch and the clock know. */
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** Those of the alarms that exist. */
  describe(names: readonly string[]): Promise<readonly Alarm[]>;
  /** All transitions of the alarm since then, in any order. */
  transitions(name: string, since: number): Promise<readonly Transition[]>;
}

/** What a bake has to know when it is looked at again. */
export interface BakeState {
  /** When it began, in milliseconds since 1970. */
  readonly began: number;
  /** Places in `alarms` of those that have been in `ALARM` since before the bake began. */
  readonly rang: readonly number[];
  /** Which alarms the places are of. */
  readonly of: string;
}

/** As the kind `lambda` wants a check to answer. */
export type BakeAnswer =
  | { readonly approved: boolean; readonly reason: string }
  | { readonly pending: true; readonly state: BakeState; readonly reason: string };

/** CodePipeline ends the action after 24 hours, and the last look must come before. */
const longest = 1435;
/** Minutes after the end in which the history of an alarm may still arrive. */
const patience = 3;
const minute = 60_000;

/** The state of a bake that is not looked at for the first time, and in which no alarm has been in `ALARM` from the start. */
export function beganAt(began: number, { alarms }: Pick<Bake, 'alarms'>): BakeState {
  return { began, rang: [], of: fingerprint(alarms) };
}

/**
 * An alarm that goes to `ALARM` during the bake fails it, also where it has left `ALARM` again. One that was in `ALARM` before has
 * `recovers` minutes to leave it. `INSUFFICIENT_DATA` is not `ALARM`. What CloudWatch does not say never approves.
 *
 * @param before what the last look returned; undefined for the first look
 */
export async function judgeBake(bake: Bake, before: BakeState | undefined, world: World): Promise<BakeAnswer> {
  const { alarms } = bake;
  const now = world.now();
  const found = alarms.length === 0 ? [] : await world.describe(alarms);
  const missing = alarms.filter((name) => !found.some((alarm) => alarm.name === name));
  if (missing.length > 0) return rejected(`there is no alarm ${missing.join(', ')}`);
  const state = before ?? firstState(bake, found, now);
  // Where the list of alarms has changed meanwhile, nothing is known of before, so no alarm has time to recover.
  const rang = state.of === fingerprint(alarms) ? state.rang.map((place) => alarms[place]) : [];
  const look: Look = { began: state.began, now, recovers: graceOf(bake), rang, world };
  const verdicts: Verdict[] = [];
  for (const alarm of found) verdicts.push(await judgeAlarm(alarm, look));
  const [fault] = verdicts.flatMap((verdict) => verdict.fault ?? []);
  if (fault !== undefined) return rejected(fault);
  return conclude(bake, look, verdicts);
}

function conclude(bake: Bake, { began, now, recovers }: Look, verdicts: readonly Verdict[]): BakeAnswer {
  const { alarms } = bake;
  const minutes = Math.min(bake.minutes, longest);
  const passed = Math.floor((now - began) / minute);
  const unknown = verdicts.flatMap(({ unknown: name }) => name ?? []);
  if (passed >= minutes && unknown.length === 0) return { approved: true, reason: `${passed} minutes${quiet(alarms)}` };
  if (passed >= minutes + patience)
    return rejected(`CloudWatch does not say whether ${unknown.join(', ')} was in ALARM meanwhile`);
  const waiting = verdicts.flatMap(({ waits: name }) => name ?? []);
  return {
    pending: true,
    state: { ...beganAt(began, bake), rang: waiting.map((name) => alarms.indexOf(name)) },
    reason: `${passed} of ${bake.minutes} minutes${quiet(alarms)}${waitingFor(waiting, recovers)}`,
  };
}

/** The clocks of Lambda and CloudWatch differ a little: what CloudWatch says now has not happened after the beginning. */
function firstState(bake: Bake, found: readonly Alarm[], now: number): BakeState {
  const began = Math.max(now, ...found.map(({ changed = now }) => changed));
  const rang = found.filter(isRinging).map(({ name }) => bake.alarms.indexOf(name));
  return { ...beganAt(began, bake), rang };
}

interface Look {
  readonly began: number;
  readonly now: number;
  /** Minutes. */
  readonly recovers: number;
  /** Names of the alarms that have been in `ALARM` since before the bake began, as the last look, or this first one, knows. */
  readonly rang: readonly (string | undefined)[];
  readonly world: World;
}

/** Nothing where the alarm is quiet; else its name, or what is wrong with it. */
interface Verdict {
  readonly fault?: string;
  /** It still has time to leave `ALARM`. */
  readonly waits?: string;
  /** It changed, and its history does not say how. */
  readonly unknown?: string;
}

async function judgeAlarm(alarm: Alarm, look: Look): Promise<Verdict> {
  const { name, changed, reason } = alarm;
  const { began, now, recovers, rang, world } = look;
  const before = rang.includes(name);
  const because = reason ? `: ${reason}` : '';
  const late = `the alarm ${name} was in ALARM before and did not leave it in ${recovers} minutes`;
  if (isRinging(alarm)) {
    if (!before || (changed !== undefined && changed > began))
      return { fault: `the alarm ${name} is in ALARM${because}` };
    return now - began >= recovers * minute ? { fault: `${late}${because}` } : { waits: name };
  }
  if (!before && (changed === undefined || changed <= began)) return {};
  const since = (await world.transitions(name, began)).filter(({ at }) => at > began);
  if (since.some(({ to }) => isRinging({ state: to }))) return { fault: `the alarm ${name} was in ALARM meanwhile` };
  const left = Math.min(...since.map(({ at }) => at));
  if (before && since.length > 0 && left - began > recovers * minute) return { fault: late };
  return since.length === 0 ? { unknown: name, ...(before ? { waits: name } : {}) } : {};
}

/** Any state but the two that are known to be quiet. */
function isRinging({ state }: Pick<Alarm, 'state'>): boolean {
  return state !== 'OK' && state !== 'INSUFFICIENT_DATA';
}

function graceOf({ recovers = 0, minutes }: Bake): number {
  return Math.min(recovers, minutes, longest);
}

function rejected(reason: string): BakeAnswer {
  return { approved: false, reason };
}

function quiet(alarms: readonly string[]): string {
  return alarms.length === 0 ? '' : `, no alarm of ${alarms.length} went off`;
}

function waitingFor(names: readonly string[], recovers: number): string {
  return names.length === 0 ? '' : `, ${names.join(', ')} in ALARM from before, for ${recovers} minutes at most`;
}

function fingerprint(alarms: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(alarms)).digest('hex').slice(0, 12);
}
