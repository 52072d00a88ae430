import { expect, test } from 'vitest';
import { ordersPlan } from '../outline/orders-plan.test.fixture.ts';
import { outlinePlan } from '../outline/outline-plan.ts';
import { diagramPlan } from './diagram-plan.ts';
import { graphDocument } from './graph-document.ts';
import { planPage } from './plan-page.ts';
import { mostNodes, summarizeDiagram } from './summarize-diagram.ts';

const outline = outlinePlan(ordersPlan);
const diagram = diagramPlan(ordersPlan, outline);
const find = (id: string) => diagram.nodes.find((node) => node.id === id);

test('reviews, approvals and gates before a wave are gates, and say their kind', () => {
  expect(find('Prod/ReviewChanges')).toMatchObject({
    shape: 'gate',
    title: 'ReviewChanges',
    details: ['review · manual'],
    lane: 'Prod',
  });
  expect(find('Prod/BetaIsHealthy')).toMatchObject({ shape: 'gate', details: ['approve · manual'] });
  expect(find('Prod/BetaIsHealthy')).not.toHaveProperty('lane');
});

test('a publisher that one deployment waits for stands in its frame, where the environment is said', () => {
  expect(find('Beta:publish')).toMatchObject({ lane: 'Beta', details: ['publish'] });
  expect(diagram.laneNotes.get('Beta')).toBe('222222222222/eu-west-1');
});

test('in a summary a deployment is one box that counts its actions and gates', () => {
  const { nodes } = summarizeDiagram(diagram, true);
  expect(nodes.map(({ title, details }) => [title, ...details]).slice(-3)).toEqual([
    ['Beta', '222222222222/eu-west-1', '6 actions', '◆ 1 gate'],
    ['Prod/BetaIsHealthy', 'approve · manual'],
    ['Prod', '333333333333/us-east-1', '5 actions', '◆ 1 gate'],
  ]);
  expect(nodes.at(-1)?.after).toEqual(['Prod/BetaIsHealthy']);
  expect(nodes.at(-1)?.description).toContain('gates: ReviewChanges');
});

test('more than 150 actions are summarized, and as many are not', () => {
  const [node] = diagram.nodes.filter(({ lane }) => lane === 'Prod');
  const many = (count: number) => ({
    ...diagram,
    nodes: Array.from({ length: count }, (_, index) => ({ ...(node as NonNullable<typeof node>), id: `n${index}` })),
  });
  expect(summarizeDiagram(many(mostNodes)).nodes).toHaveLength(mostNodes);
  expect(summarizeDiagram(many(mostNodes + 1)).nodes).toHaveLength(1);
});

test('the document has every node with its place, and what it waits for in any group', () => {
  const document = graphDocument(diagram);
  expect(document.nodes.map(({ id }) => id).toSorted()).toEqual(diagram.nodes.map(({ id }) => id).toSorted());
  expect(document.groups.map(({ name }) => name)).toEqual(['Source', 'Build', 'UpdatePipeline', 'Beta', 'Prod']);
  expect(document.nodes.find(({ id }) => id === 'Update')).toMatchObject({ after: ['Build'], group: 'UpdatePipeline' });
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});

test('the page has all actions as a table, and a policy that allows its own style alone', () => {
  const page = planPage(diagram, outline);
  for (const { subject, type } of outline.stages.flatMap(({ actions }) => actions))
    expect(page).toContain(`<th scope="row">${type} ${subject}</th>`);
  expect(page).toMatch(
    /content="default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'"/,
  );
  expect(page).not.toMatch(/<script|<[^>]*\s(?:src|style|on[a-z]+)\s*=/);
});
