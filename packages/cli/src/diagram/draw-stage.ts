/** One stage of a diagram as SVG elements: its frame, its deployments, its boxes, and the edges between them. */
import type { Picture, PlacedGroup, PlacedLane, PlacedNode, Point } from '@cdkpipe/core';
import { type Html, html } from '../markup/html.ts';
import type { Diagram, DiagramNode } from './diagram.ts';
import { fitText } from './fit-text.ts';
import { box } from './place-diagram.ts';
import { stateWords } from './states.ts';

export function drawStages(diagram: Diagram, { groups }: Picture): Html[] {
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));
  return groups.map((group) => drawStage(diagram, group, nodes));
}

function drawStage(diagram: Diagram, group: PlacedGroup, nodes: ReadonlyMap<string, DiagramNode>): Html {
  const { x, y, width, height, name } = group;
  const note = diagram.stages.find((stage) => stage.name === name)?.note;
  const shownName = fitText(name, 60);
  const rooms = Math.max(0, Math.floor((width - 24) / 7.3));
  return html`<g class="stage">
<rect class="band" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>
<text class="stage-name" x="${x + 14}" y="${y + 22}">${fitText(shownName, rooms)}${note !== undefined && rooms > [...shownName].length + note.length + 4 ? html` <tspan class="note">↺ ${note}</tspan>` : ''}</text>
${group.lanes.map((lane) => drawLane(lane, diagram.laneNotes.get(lane.name)))}${group.edges.map(({ points }) => drawEdge(points))}${group.nodes.map((placed) => drawNode(placed, nodes.get(placed.id)))}</g>
`;
}

function drawLane({ x, y, width, height, name }: PlacedLane, note: string | undefined): Html {
  const room = Math.floor((width - 20) / 7);
  const shown = fitText(name, room);
  const left = room - [...shown].length - 2;
  return html`<rect class="lane" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>
<text class="lane-name" x="${x + 10}" y="${y + 20}">${shown}${note === undefined || left < 8 ? '' : html` <tspan class="note">${fitText(note, left)}</tspan>`}</text>
`;
}

/** Edges lead down, so all arrows do. */
export function drawEdge(points: readonly Point[]): Html {
  const { x = 0, y = 0 } = points.at(-1) ?? {};
  return html`<path class="edge" d="${wayOf(points)}"/><path class="arrow" d="M${x - 4} ${y - 7}h8L${x} ${y}z"/>
`;
}

function wayOf(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const last = points[index - 1];
      if (last === undefined) return `M${point.x} ${point.y}`;
      if (last.x === point.x) return `V${point.y}`;
      if (last.y === point.y) return `H${point.x}`;
      const middle = (last.y + point.y) / 2;
      return `C${last.x} ${middle} ${point.x} ${middle} ${point.x} ${point.y}`;
    })
    .join('');
}

function drawNode(placed: PlacedNode, node: DiagramNode | undefined): Html | undefined {
  if (node === undefined) return undefined;
  const { x, y } = placed;
  const { shape, title, details, description, state, link, anchor } = node;
  const inset = shape === 'gate' ? 27 : 11;
  const room = placed.width - inset - (shape === 'gate' ? 12 : 8);
  const lines = [...details, ...(state === undefined ? [] : [stateWords[state]])];
  const drawn = html`<g class="node ${shape}${state === undefined ? '' : ` ${state}`}"><title>${description}${state === undefined ? '' : `: ${state}`}</title>
${outlineOf(shape, placed)}<text class="title" x="${x + inset}" y="${y + 18}">${fitText(title, Math.floor(room / 7))}</text>${lines.map(
    (line, index) =>
      html`<text class="${index < details.length ? 'detail' : 'state'}" x="${x + inset}" y="${y + 18 + (index + 1) * box.detailLine}">${fitText(line, Math.floor(room / 5.6))}</text>`,
  )}</g>
`;
  if (link === undefined) return drawn;
  return html`<a${anchor === undefined ? '' : html` id="${anchor}"`} href="#${link}">${drawn}</a>`;
}

function outlineOf(shape: DiagramNode['shape'], { x, y, width, height }: PlacedNode): Html {
  const rectangle = html`<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="5"/>`;
  if (shape === 'action') return rectangle;
  if (shape === 'deployment')
    return html`${rectangle}<rect class="inner" x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${height - 6}" rx="3"/>`;
  const [right, middle, bottom] = [x + width, y + height / 2, y + height];
  return html`<path class="box" d="M${x + 12} ${y}H${right - 12}L${right} ${middle}L${right - 12} ${bottom}H${x + 12}L${x} ${middle}z"/><path class="diamond" d="M${x + 18} ${y + 9}l5 5l-5 5l-5-5z"/>`;
}
