/** A diagram as a Mermaid flowchart, which GitHub and GitLab show in Markdown. */
import { counted } from '../outline/counted.ts';
import type { Diagram, DiagramNode } from './diagram.ts';
import { visibleLine } from './fit-text.ts';
import { namesOf } from './names.ts';
import { waitsIn } from './waits-in.ts';

/**
 * IDs are numbers of ours: `end` and other words of Mermaid's cannot become one. Every character of a label that Mermaid
 * could read as something else is an entity code.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function mermaidText(diagram: Diagram): string {
  const { nodes } = diagram;
  const { stages, edges, stageEdges } = waitsIn(diagram);
  const names = namesOf(nodes);
  const lines = stages.flatMap(({ name, note, lanes, own }, index) => [
    `  subgraph s${index} [${quoted([name, ...(note === undefined ? [] : [note])].join(': '))}]`,
    ...own.map((node) => `    ${nodeText(node, names)}`),
    ...lanes.flatMap((lane, at) => [
      `    subgraph s${index}d${at} [${quoted([lane.name, diagram.laneNotes.get(lane.name) ?? ''].join(' ').trim())}]`,
      ...lane.nodes.map((node) => `      ${nodeText(node, names)}`),
      '    end',
    ]),
    '  end',
  ]);
  return [
    'flowchart TB',
    `  accTitle: ${plain(diagram.title)}`,
    `  accDescr: ${plain(`${diagram.description} ${counted(edges.length, 'arrow')}`)}`,
    ...lines,
    ...edges.map(([from, to]) => `  ${names.get(from)} --> ${names.get(to)}`),
    ...stageEdges.map(([from, to]) => `  s${from} ==> s${to}`),
    ...gateStyle(nodes, names),
    '',
  ].join('\n');
}

function nodeText(node: DiagramNode, names: ReadonlyMap<string, string>): string {
  const { id, shape, title, details } = node;
  const label = quoted(shape === 'gate' ? `◆ ${title}` : title, ...details);
  const [open, close] = shape === 'gate' ? ['{{', '}}'] : shape === 'deployment' ? ['[[', ']]'] : ['[', ']'];
  return `${names.get(id)}${open}${label}${close}`;
}

function gateStyle(nodes: readonly DiagramNode[], names: ReadonlyMap<string, string>): string[] {
  const gates = nodes.filter(({ shape }) => shape === 'gate');
  if (gates.length === 0) return [];
  return ['  classDef gate stroke-width:3px', `  class ${gates.map(({ id }) => names.get(id)).join(',')} gate`];
}

function quoted(...lines: readonly string[]): string {
  return `"${lines.map((line) => escaped(line)).join('<br/>')}"`;
}

/** Letters, digits and few signs stay; also a number with a dot at the beginning would become a list. */
function escaped(text: string): string {
  return visibleLine(text).replace(/[^\p{L}\p{N} ,/:·◆]/gu, (character) => `#${character.codePointAt(0)};`);
}

/** For the lines that take no quotes and no codes. */
function plain(text: string): string {
  return visibleLine(text).replace(/[^\p{L}\p{N} ,.:/_-]/gu, ' ');
}
