import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderStacks } from '../assembly/order-stacks.ts';
import { findValueFlows } from '../assembly/values/value-flows.ts';
import type { AssembledStack } from '../contracts/assembly.ts';
import type { Deployment } from '../model/pipeline.ts';
import { problemsOf, withDeployment } from '../modelling/definition.test.fixture.ts';
import type { Plan } from '../plan/plan.ts';
import { planOf, stack } from './plan.test.fixture.ts';

const env = { account: '222222222222', region: 'eu-west-1' };

type Mechanism = 'export' | 'parameter type' | 'dynamic reference' | 'secret' | 'written by code' | 'weak' | 'nothing';

/** A stack that takes a value of an earlier one, each in one way. */
interface Drawn {
  readonly takes: readonly { readonly from: number; readonly by: Mechanism; readonly isDependency: boolean }[];
}

const mechanisms: readonly Mechanism[] = [
  'export',
  'parameter type',
  'dynamic reference',
  'secret',
  'written by code',
  'weak',
  'nothing',
];

const drawnStacks = (allowed: readonly Mechanism[] = mechanisms) =>
  fc.integer({ min: 2, max: 6 }).chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index): fc.Arbitrary<Drawn> => {
        const from = fc.integer({ min: 0, max: Math.max(0, index - 1) });
        const take = fc.record({ from, by: fc.constantFrom(...allowed), isDependency: fc.boolean() });
        return fc.record({ takes: fc.array(take, { maxLength: index === 0 ? 0 : 3 }) });
      }),
    ),
  );

const id = (index: number) => `S${index}`;
/** What a stack would find missing when it is read too early. */
interface World {
  readonly reads: ReadonlyMap<string, readonly string[]>;
  readonly makes: ReadonlyMap<string, readonly string[]>;
}

function templatesOf(drawn: readonly Drawn[]) {
  const templates = drawn.map(() => ({
    Parameters: {} as Record<string, { Type: string; Default: string }>,
    Resources: {} as Record<string, { Type: string; Properties: Record<string, unknown> }>,
    Outputs: {} as Record<string, { Value: string; Export?: { Name: string } }>,
  }));
  const reads = new Map<string, string[]>(drawn.map((_, index) => [id(index), []]));
  const makes = new Map<string, string[]>(drawn.map((_, index) => [id(index), []]));
  drawn.forEach(({ takes }, index) => {
    takes.forEach(({ from, by }, nth) => {
      const [maker, taker, name] = [templates[from], templates[index], `/v/${from}/${index}/${nth}`];
      if (!maker || !taker || by === 'nothing') return;
      const use = (value: unknown) => {
        taker.Resources[`Use${nth}`] = { Type: 'AWS::SNS::Subscription', Properties: { Endpoint: value } };
      };
      if (by === 'weak') {
        maker.Outputs[`O${index}x${nth}`] = { Value: 'x' };
        use({ 'Fn::GetStackOutput': { StackName: id(from), OutputName: `O${index}x${nth}` } });
        return;
      }
      reads.get(id(index))?.push(name);
      makes.get(id(from))?.push(name);
      if (by === 'export') maker.Outputs[`E${index}x${nth}`] = { Value: 'x', Export: { Name: name } };
      else if (by === 'written by code') maker.Resources.Writer = { Type: 'Custom::Writer', Properties: {} };
      else if (by === 'secret')
        maker.Resources[`M${index}x${nth}`] = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: name } };
      else maker.Resources[`M${index}x${nth}`] = { Type: 'AWS::SSM::Parameter', Properties: { Name: name } };
      if (by === 'export') use({ 'Fn::ImportValue': name });
      else if (by === 'secret') use(`{{resolve:secretsmanager:${name}:SecretString:x}}`);
      else if (by === 'parameter type')
        taker.Parameters[`P${nth}`] = { Type: 'AWS::SSM::Parameter::Value<String>', Default: name };
      else use({ 'Fn::Join': ['', ['{{resolve:ssm:', name, '}}']] });
    });
  });
  return { templates, world: { reads, makes } satisfies World };
}

function stacksOf(drawn: readonly Drawn[]): { stacks: AssembledStack[]; world: World } {
  const { templates, world } = templatesOf(drawn);
  const flows = findValueFlows(
    templates.map((template, index) => ({
      id: id(index),
      stackName: id(index),
      env,
      parameters: {},
      template,
      text: JSON.stringify(template),
    })),
  );
  const read = drawn.map(({ takes }, index) =>
    stack(id(index), {
      imports: flows.get(id(index)) ?? [],
      // What code writes cannot be seen, so that only a dependency says it.
      dependencies: [
        ...new Set(
          takes.filter(({ by, isDependency }) => isDependency || by === 'written by code').map(({ from }) => id(from)),
        ),
      ],
    }),
  );
  const deployment = { name: 'Beta', path: 'x', order: [] } as unknown as Deployment;
  return { stacks: orderStacks(deployment, read.reverse(), []), world };
}

/** What AWS would refuse if the plan ran for the first time: change sets that read what does not exist yet. */
function refusalsOf(plan: Plan, { reads, makes }: World): string[] {
  const existing = new Set<string>();
  return plan.nodes.flatMap((node) => {
    if (node.type === 'execute') for (const name of makes.get(node.stack) ?? []) existing.add(name);
    if (node.type !== 'prepare') return [];
    return (reads.get(node.stack) ?? [])
      .filter((name) => !existing.has(name))
      .map((name) => `${node.id} reads ${name}`);
  });
}

test('a first deployment finds every value that a change set reads, whatever stacks take of each other', async () => {
  await fc.assert(
    fc.asyncProperty(drawnStacks(), async (drawn) => {
      const { stacks, world } = stacksOf(drawn);
      expect(refusalsOf(await planOf(withDeployment({}), stacks), world)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('no stack executes before one whose output it takes, in any mode', async () => {
  await fc.assert(
    fc.asyncProperty(
      drawnStacks(['weak', 'nothing']),
      fc.constantFrom('all', 'each', false),
      async (drawn, prepare) => {
        const { stacks } = stacksOf(drawn);
        const plan = await planOf(withDeployment({ prepare }), stacks);
        const order = plan.nodes.flatMap((node) => (node.type === 'execute' ? [node.stack] : []));
        for (const { id, imports } of stacks)
          for (const { stack } of imports) expect(order.indexOf(stack)).toBeLessThan(order.indexOf(id));
      },
    ),
    { numRuns: 40 },
  );
});

test('all change sets are made first exactly where nothing flows, and refused when asked for where something does', async () => {
  await fc.assert(
    fc.asyncProperty(drawnStacks(['export', 'parameter type', 'secret', 'nothing']), async (drawn) => {
      const { stacks, world } = stacksOf(drawn);
      const isFlowing = [...world.reads.values()].some((names) => names.length > 0);
      const { nodes } = await planOf(withDeployment({}), stacks);
      const types = nodes.flatMap(({ type }) => (type === 'prepare' || type === 'execute' ? [type] : []));
      const isAllFirst = types.lastIndexOf('prepare') < types.indexOf('execute');
      expect(isAllFirst).toBe(!isFlowing);
      const problems = await problemsOf(() => planOf(withDeployment({ prepare: 'all' }), stacks));
      expect(problems.map(({ code }) => code)).toEqual(isFlowing ? ['PREPARE_ALL_IMPOSSIBLE'] : []);
    }),
    { numRuns: 40 },
  );
});
