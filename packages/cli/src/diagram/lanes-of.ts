/** The deployment in whose frame each action stands; one that only one deployment of its stage waits for stands there, too. */

export interface LaneMember {
  readonly id: string;
  readonly type: string;
  readonly stage: string;
  readonly deployment?: string | undefined;
  readonly after: readonly string[];
}

/** Only publishers move: a gate before a wave is shown as what it is, also where the wave has one deployment. */
export function lanesOf(members: readonly LaneMember[]): ReadonlyMap<string, string> {
  const stageOf = new Map(members.map(({ id, stage }) => [id, stage]));
  const waiters = new Map<string, LaneMember[]>();
  for (const member of members)
    for (const id of member.after)
      if (stageOf.get(id) === member.stage) waiters.set(id, [...(waiters.get(id) ?? []), member]);
  const lanes = new Map<string, string>();
  for (const { id, type, stage, deployment, after } of members) {
    if (deployment !== undefined) lanes.set(id, deployment);
    if (deployment !== undefined || type !== 'publish' || after.some((each) => stageOf.get(each) === stage)) continue;
    const [lane, ...others] = new Set(waiters.get(id)?.map((waiter) => waiter.deployment));
    if (lane !== undefined && others.length === 0) lanes.set(id, lane);
  }
  return lanes;
}
