/** What is written is read back by the parsers that the formats are made for. */
import { instance } from '@viz-js/viz';
import { Window } from 'happy-dom';
import { beforeAll, expect, test } from 'vitest';
import { ordersPlan } from '../outline/orders-plan.test.fixture.ts';
import { outlinePlan } from '../outline/outline-plan.ts';
import type { Diagram } from './diagram.ts';
import { diagramPlan } from './diagram-plan.ts';
import { dotText } from './dot-text.ts';
import { visibleLine } from './fit-text.ts';
import { hostileDiagram, hostileTexts } from './hostile-diagram.test.fixture.ts';
import { markdownFile } from './markdown-file.ts';
import { mermaidText } from './mermaid-text.ts';
import { svgFile } from './svg-file.ts';

/** The parts of Mermaid's parsed flowchart that are looked at; its types do not name them. */
interface Flowchart {
  getVertices(): Map<string, { id: string; text: string; type?: string }>;
  getEdges(): readonly unknown[];
  getSubGraphs(): readonly { id: string; title: string; nodes: readonly string[] }[];
}

beforeAll(() => {
  // Mermaid's sanitizer asks for a document when it is loaded.
  const window = new Window();
  Object.assign(globalThis, { window, document: window.document });
});

async function flowchartOf(text: string): Promise<Flowchart> {
  const { default: mermaid } = await import('mermaid');
  await mermaid.parse(text);
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  return (diagram as unknown as { db: Flowchart }).db;
}

const plan = diagramPlan(ordersPlan, outlinePlan(ordersPlan));

test('the Mermaid text of a plan has its nodes, its arrows, its stages and its gates as hexagons', async () => {
  const chart = await flowchartOf(mermaidText(plan));
  const nodes = [...chart.getVertices().values()].filter(({ id }) => id.startsWith('n'));
  expect(nodes).toHaveLength(plan.nodes.length);
  expect(nodes.filter(({ type }) => type === 'hexagon')).toHaveLength(3);
  expect(chart.getSubGraphs().map(({ title }) => lastLine(title))).toEqual([
    'Source',
    'Build',
    'UpdatePipeline',
    'Beta 222222222222/eu-west-1',
    'Beta',
    'Prod 333333333333/us-east-1',
    'Prod',
  ]);
});

test('no text of others is read by Mermaid as anything else', async () => {
  const chart = await flowchartOf(mermaidText(hostileDiagram));
  const nodes = [...chart.getVertices().values()].filter(({ id }) => id.startsWith('n'));
  expect(nodes.map(({ id, text }) => [id, lastLine(text)]).toSorted()).toEqual(
    hostileTexts.map((text, index) => [`n${index + 1}`, visibleLine(text)]).toSorted(),
  );
  expect(chart.getEdges()).toHaveLength(hostileTexts.length - 2 + 1);
  expect(chart.getSubGraphs().map(({ id }) => id)).toEqual(['s0d0', 's0', 's1d0', 's1']);
});

/** Mermaid keeps entity codes in signs of its own until it draws. */
function lastLine(label: string): string {
  const [, last = ''] = /(?:<br>|^)([^<]*)$/.exec(label) ?? [];
  return last.replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

test('the fence of the Markdown is the only one in it, and the heading is text', () => {
  const lines = markdownFile(hostileDiagram).split('\n');
  expect(lines.filter((line) => line.includes('```'))).toEqual(['```mermaid', '```']);
  expect(lines[0]).toBe('# a "title" \\`\\`\\` end');
  expect(lines[2]).toContain('\\<b\\>');
});

test.each([
  ['a plan', plan],
  ['texts of others', hostileDiagram],
])('Graphviz reads the DOT of %s as it was meant', async (_, diagram: Diagram) => {
  const viz = await instance();
  const { errors, status } = viz.render(dotText(diagram));
  // That it has no font with the width of a character is a warning.
  expect([status, errors.filter(({ level }) => level === 'error')]).toEqual(['success', []]);
  const { objects = [] } = viz.renderJSON(dotText(diagram)) as { objects?: { name: string; label: string }[] };
  const labels = objects.filter(({ name }) => /^n\d+$/.test(name)).map(({ label }) => label.replace(/^◆ /, ''));
  expect(labels.toSorted()).toEqual(
    diagram.nodes.map(({ title, details }) => [title, ...details].map(escaped).join('\\n')).toSorted(),
  );
});

/** As Graphviz gives labels back: with its escapes and entities in them. */
function escaped(text: string): string {
  return visibleLine(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

test('the SVG has a title and a description, asks for nothing, and holds texts of others as text', () => {
  const svg = svgFile(hostileDiagram);
  expect(svg).toContain('<title id="title">a &quot;title&quot; ``` end</title>');
  expect(svg).toContain('<desc id="description">%% end; --&gt; &lt;b&gt;</desc>');
  expect(svg.match(/<script|<\/style>/g)).toEqual(['</style>']);
  expect(svg).not.toMatch(/<[^>]*\s(?:src|href|on[a-z]+)\s*=|url\(/);
  for (const unseen of ['\u001b', '\u202e']) expect(svg).not.toContain(unseen);
  expect(svgFile(hostileDiagram)).toBe(svg);
});

test('gates differ from actions by shape and by glyph', () => {
  const svg = svgFile(plan);
  expect(svg.match(/class="node gate"/g)).toHaveLength(3);
  expect(svg.match(/class="diamond"/g)).toHaveLength(3);
});
