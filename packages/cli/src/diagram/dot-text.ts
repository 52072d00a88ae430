/** A diagram in Graphviz's language. */
import type { Diagram, DiagramNode } from './diagram.ts';
import { visibleLine } from './fit-text.ts';
import { namesOf } from './names.ts';
import { waitsIn } from './waits-in.ts';

export function dotText(diagram: Diagram): string {
  const { stages, edges, stageEdges } = waitsIn(diagram);
  const names = namesOf(diagram.nodes);
  const line = (node: DiagramNode) => `${names.get(node.id)} ${attributesOf(node)};`;
  const anchor = (place: number) => {
    const stage = stages[place];
    return names.get((stage?.own[0] ?? stage?.lanes[0]?.nodes[0])?.id ?? '');
  };
  return [
    `digraph ${quoted(diagram.title)} {`,
    `  graph [rankdir=TB, compound=true, newrank=true, fontname="Helvetica", labeljust=l, label=${quoted(diagram.title)}];`,
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11];',
    ...stages.flatMap(({ name, note, own, lanes }, index) => [
      `  subgraph cluster_${index} {`,
      `    label=${quoted(name, ...(note === undefined ? [] : [note]))};`,
      ...own.map((node) => `    ${line(node)}`),
      ...lanes.flatMap((lane, at) => [
        `    subgraph cluster_${index}_${at} {`,
        `      label=${quoted(lane.name, diagram.laneNotes.get(lane.name) ?? '')};`,
        ...lane.nodes.map((node) => `      ${line(node)}`),
        '    }',
      ]),
      '  }',
    ]),
    ...edges.map(([from, to]) => `  ${names.get(from)} -> ${names.get(to)};`),
    ...stageEdges.map(
      ([from, to]) => `  ${anchor(from)} -> ${anchor(to)} [ltail=cluster_${from}, lhead=cluster_${to}, style=bold];`,
    ),
    '}',
    '',
  ].join('\n');
}

function attributesOf({ shape, title, details, description }: DiagramNode): string {
  const looks = { action: '', gate: 'shape=hexagon, style=bold, ', deployment: 'shape=box, peripheries=2, style="", ' };
  const label = quoted(shape === 'gate' ? `◆ ${title}` : title, ...details);
  return `[${looks[shape]}label=${label}, tooltip=${quoted(description)}]`;
}

/**
 * In a quoted string a backslash may begin an escape of Graphviz's, and `&` an entity.
 *
 * @see https://graphviz.org/docs/attr-types/escString/
 */
function quoted(...lines: readonly string[]): string {
  const escaped = lines
    .filter((line) => line !== '')
    .map((line) => visibleLine(line).replace(/[\\"&<>]/g, (character) => codes[character] ?? character));
  return `"${escaped.join('\\n')}"`;
}

const codes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '&': '&amp;', '<': '&lt;', '>': '&gt;' };
