/** Checks of what is there: each node, each position, each value, and what is refused instead. */
import type { OpenedBackend } from '../backend/open-backend.ts';
import {
  type Place,
  places,
  references,
  smallDefinition,
  stepAt,
  usingReference,
} from '../backend/whole-definition.ts';
import type { Finding } from '../check/check.ts';
import type { BackendCheck } from './backend-check.ts';
import { judge, unlessMendable } from './judge-drawing.ts';
import { drawWhole, isFinding, reasonOf } from './whole.ts';

const types = ['source', 'build', 'update', 'publish', 'prepare', 'review', 'execute', 'approve'] as const;

export const nodesCheck: BackendCheck = {
  id: 'CB101',
  title: 'every node of the plan is emitted once, and nothing else is',
  why: 'a stack that is not deployed, or an approval that nobody is asked for, is noticed in production',
  fix: 'let the switch over node types be exhaustive, and emit one action for each node',
  async run(opened) {
    const whole = await drawWhole(opened);
    if (isFinding(whole)) return [whole];
    const { plan } = whole.drawn;
    const emitted = whole.actions.map(({ node }) => node);
    const planned = new Set(plan.nodes.map(({ id }) => id));
    const expected = types.filter((type) => type !== 'update' || opened.capabilities.selfUpdate);
    return [
      ...expected
        .filter((type) => plan.nodes.every((node) => node.type !== type))
        .map((type) => ({
          about: type,
          message: 'the plan has no such node: what the backend says it can do prevents it',
        })),
      ...plan.nodes
        .filter(({ id }) => !emitted.includes(id))
        .map(({ id, type }) => ({ about: type, message: `${id} is missing in what was emitted` })),
      ...[...new Set(emitted)].flatMap((id) =>
        planned.has(id) ? [] : [{ about: id, message: 'it is in what was emitted, and is no node of the plan' }],
      ),
      ...[...new Set(emitted.filter((id, index) => emitted.indexOf(id) !== index))].map((id) => ({
        about: id,
        message: 'it is in what was emitted more than once',
      })),
    ];
  },
};

export const positionsCheck: BackendCheck = {
  id: 'CB102',
  title: 'a step is drawn at each position, or refused with its place and a fix',
  why: 'an author learns from the refusal what this backend cannot do, and from a crash nothing',
  fix: 'draw the step, or return a problem with code, path and fix from check',
  async run(opened) {
    const wanted = places.filter((place) => place !== 'update' || opened.capabilities.selfUpdate);
    const tried = [];
    for (const place of wanted) tried.push(...(await tryPlace(opened, place)));
    return tried;
  },
};

async function tryPlace(opened: OpenedBackend, place: Place): Promise<Finding[]> {
  const about = `a step at the position ${place}`;
  const definition = smallDefinition({ steps: { [place]: [stepAt(place, opened.steps)] }, base: opened.base });
  const drawing = await opened.draw(definition);
  if (drawing.type !== 'drawn') return unlessMendable(drawing, about);
  const { plan } = drawing;
  const own = plan.nodes.filter(({ path }) => path.startsWith(pathOf(place)));
  const emitted = new Set((await opened.trial.read(drawing)).map(({ node }) => node));
  if (own.length === 0) return [{ about, message: 'the plan has no node for it' }];
  return own.flatMap(({ id }) => (emitted.has(id) ? [] : [{ about, message: `${id} is missing in what was emitted` }]));
}

function pathOf(place: Place): string {
  const paths: Readonly<Record<Place, string>> = {
    before: 'build.before',
    after: 'build.after',
    update: 'update.before',
    wave: 'waves[0].before',
    change: 'waves[0].deployments[0].changes',
    approval: 'waves[0].deployments[0].approvals',
  };
  return paths[place];
}

export const valuesCheck: BackendCheck = {
  id: 'CB103',
  title: 'a step gets each value that the capabilities name, and any other is refused with its place and a fix',
  why: 'a value that is promised and not handed over makes a check test nothing',
  fix: 'hand the value to the step, or leave its kind out of capabilities().references',
  async run(opened) {
    const supported = opened.capabilities.references;
    const found: Finding[] = [];
    for (const kind of references) {
      const about = `a value of the kind ${kind}`;
      const drawing = await opened.draw(usingReference(kind, opened.steps, opened.base));
      found.push(...judge(drawing, about, supported.includes(kind)));
    }
    return found;
  },
};

export const refusalsCheck: BackendCheck = {
  id: 'CB104',
  title: 'what the capabilities say no to is refused with its place and a fix, and what they say yes to is drawn',
  why: 'a rollback or an environment that is ignored without a word is believed to be there',
  fix: 'let capabilities say what render does',
  async run(opened) {
    const { capabilities, base, steps } = opened;
    const runIn = { account: '333333333333', region: 'eu-west-1' };
    const away = { ...steps.build, name: 'Step', options: { ...(steps.build.options as object), runIn } };
    const rollback = smallDefinition({ deployment: { rollback: 'auto' }, base });
    const elsewhere = smallDefinition({ steps: { approval: [away] }, base });
    return [
      ...judge(await opened.draw(rollback), 'rollback', capabilities.rollback),
      ...judge(await opened.draw(elsewhere), 'a step in another account', capabilities.runInOtherEnvironments),
    ];
  },
};

export const prepareCheck: BackendCheck = {
  id: 'CB105',
  title: 'each way to prepare is drawn: all change sets first, stack by stack, and none',
  why: 'reviews see what they are about only where change sets are made as the plan says',
  fix: 'follow the edges of prepare, review and execute; an execute without a change set creates or updates its stack',
  async run(opened) {
    const found: Finding[] = [];
    for (const prepare of ['all', 'each', false]) {
      const drawing = await opened.draw(smallDefinition({ deployment: { prepare }, base: opened.base }));
      const about = `prepare: ${JSON.stringify(prepare)}`;
      if (drawing.type !== 'drawn') found.push({ about, message: reasonOf(drawing) });
      else found.push(...missing(await opened.trial.read(drawing), drawing.plan.nodes, about));
    }
    return found;
  },
};

function missing(actions: readonly { node: string }[], nodes: readonly { id: string }[], about: string): Finding[] {
  const emitted = new Set(actions.map(({ node }) => node));
  return nodes.flatMap(({ id }) =>
    emitted.has(id) ? [] : [{ about, message: `${id} is missing in what was emitted` }],
  );
}
