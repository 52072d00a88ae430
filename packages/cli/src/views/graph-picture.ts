/** The graph of a run as one SVG picture: boxes with their state, and arrows for what waits for what. */
import { type Band, type GraphNode, laneOf, layOutGraph, type PlacedNode } from './graph-layout.ts';
import { type Html, html } from './html.ts';

/** All in pixels. */
const box = { width: 156, height: 34 };
const gap = { column: 36, row: 12 };
const margin = { left: 110, top: 34, bottom: 16 };
const step = { x: box.width + gap.column, y: box.height + gap.row };

/** @param howOf class and words for the state of a node */
export function graphPicture(nodes: readonly GraphNode[], howOf: (id: string) => string): Html {
  const bands = layOutGraph(nodes);
  let y = 0;
  const drawn = bands.map((band) => {
    const picture = drawBand(band, y, howOf);
    y += heightOf(band);
    return picture;
  });
  const width = margin.left + Math.max(1, ...bands.map(({ columns }) => columns)) * step.x;
  return html`<div class="graph"><svg width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
${drawn}</svg></div>
<p><small>Each band begins when the one above it has ended. Within a band, an arrow leads to what waits.</small></p>`;
}

function heightOf({ rows }: Band): number {
  return margin.top + rows * step.y - gap.row + margin.bottom;
}

function drawBand(band: Band, top: number, howOf: (id: string) => string): Html {
  const places = new Map(band.nodes.map((node) => [node.id, placeOf(node, top)]));
  const lanes = band.lanes.map(({ name, row }) => {
    const y = top + margin.top + row * step.y + box.height / 2 + 4;
    return html`<text class="lane" x="8" y="${y}">${shorten(name, 14)}</text>\n`;
  });
  const edges = band.edges.map(([from, to]) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start && end && html`<path class="edge" d="${curve(start, end)}"/>\n`;
  });
  const boxes = band.nodes.map((node) => drawBox(node, placeOf(node, top), howOf(node.id)));
  return html`<rect class="band" x="0" y="${top}" width="100%" height="${heightOf(band)}"/>
<text class="group" x="8" y="${top + 20}">${band.name}</text>
${lanes}${edges}${boxes}`;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function placeOf({ column, row }: PlacedNode, top: number): Place {
  return { x: margin.left + column * step.x, y: top + margin.top + row * step.y };
}

/** From the right of one box to the left of another. */
function curve(from: Place, to: Place): string {
  const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
  const [x2, y2] = [to.x, to.y + box.height / 2];
  // The bend lies in front of the box it leads to, so that a long arrow runs along its own row as far as it can.
  const bend = gap.column / 2;
  return `M${x1} ${y1} H${x2 - gap.column} C${x2 - bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function drawBox({ id }: PlacedNode, { x, y }: Place, how: string): Html {
  const name = id.slice(laneOf(id).length).replace(/^[/:]/, '') || id;
  return html`<g class="node ${how}"><title>${id}: ${how}</title><rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="5"/>
<text x="${x + 8}" y="${y + 14}">${shorten(name, 22)}</text><text class="how" x="${x + 8}" y="${y + 27}">${how}</text></g>\n`;
}

/** Beginning and end of a name tell more than its middle. */
function shorten(text: string, length: number): string {
  const letters = [...text];
  if (letters.length <= length) return text;
  const half = Math.floor((length - 1) / 2);
  return `${letters.slice(0, half).join('')}…${letters.slice(-half).join('')}`;
}
