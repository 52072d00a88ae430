/** The shapes of a model and of a plan's nodes, for what taps return in their place. */
import * as z from 'zod';
import type { Pipeline } from '../model/pipeline.ts';
import type { Plan } from '../plan/plan.ts';

const text = z.string();
const texts = z.array(text);
const env = z.looseObject({ account: text, region: text });
const step = z.looseObject({
  id: text,
  name: text,
  kind: text,
  position: z.enum(['build', 'wave', 'change', 'approval']),
  path: text,
});
const workflow: z.ZodType = z.lazy(() =>
  z.union([
    z.looseObject({ type: z.literal('step'), step }),
    z.looseObject({ type: z.enum(['sequence', 'parallel']), items: z.array(workflow) }),
  ]),
);

const deployment = z.looseObject({
  name: text,
  env,
  app: z.union([
    z.looseObject({ from: z.literal('stacks') }),
    z.looseObject({ from: z.literal('assembly'), directory: text }),
  ]),
  order: z.array(texts),
  changes: workflow,
  approvals: workflow,
  prepare: z.union([z.enum(['auto', 'all', 'each']), z.literal(false)]),
  path: text,
});

const model = z.looseObject({
  name: text,
  env,
  source: z.looseObject({ type: text }),
  additionalSources: z.array(z.looseObject({})),
  build: z.looseObject({ output: text, before: workflow, after: workflow }),
  update: z.looseObject({ before: workflow }).optional(),
  waves: z.array(z.looseObject({ name: text, before: workflow, deployments: z.array(deployment), path: text })),
});

const base = { id: text, name: text, group: text, after: texts, path: text };
const stack = { ...base, deployment: text, stack: text, env };
const gate = { ...base, gate: text, step };
const node = z.discriminatedUnion('type', [
  z.looseObject({ ...base, type: z.literal('source'), source: z.looseObject({ type: text }) }),
  z.looseObject({ ...base, type: z.literal('build'), work: z.looseObject({ role: z.enum(['main', 'step']) }) }),
  z.looseObject({ ...base, type: z.literal('update') }),
  z.looseObject({ ...base, type: z.literal('publish'), env, assets: z.array(z.looseObject({})), manifests: texts }),
  z.looseObject({ ...stack, type: z.literal('prepare') }),
  z.looseObject({ ...stack, type: z.literal('execute'), changeSet: z.boolean(), outputs: texts }),
  z.looseObject({ ...gate, type: z.literal('review'), deployment: text, stacks: texts }),
  z.looseObject({ ...gate, type: z.literal('approve') }),
]);

const plan = z.looseObject({
  backend: text,
  groups: z.array(z.looseObject({ name: text, type: z.enum(['source', 'build', 'update', 'wave']), path: text })),
  nodes: z.array(node),
  notes: z.array(z.looseObject({ about: text, text })),
});

/** @throws TypeError saying where the value is no model */
export function checkModelShape(value: unknown): Pipeline {
  return checked(model, value) as Pipeline;
}

/** @throws TypeError saying where the value is no plan */
export function checkNodeShapes(value: unknown): Plan {
  return checked(plan, value) as Plan;
}

function checked(schema: z.ZodType, value: unknown): unknown {
  const { error } = schema.safeParse(value);
  if (!error) return value;
  const [first, ...more] = error.issues.map(({ path, message }) =>
    [path.map(String).join('.'), message].filter((part) => part).join(': '),
  );
  throw new TypeError(`${first}${more.length > 0 ? ` and ${more.length} more` : ''}`);
}
