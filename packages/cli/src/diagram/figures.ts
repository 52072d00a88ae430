/** A diagram as the figures of a page, one for each stage, so that it flows over narrow screens and printed pages. */
import type { Picture, PlacedGroup } from '@cdkpipe/core';
import { type Html, html } from '../markup/html.ts';
import type { Diagram } from './diagram.ts';
import { drawStages } from './draw-stage.ts';
import { placeDiagram } from './place-diagram.ts';

export function figuresOf(diagram: Diagram): Html {
  const picture: Picture = placeDiagram(diagram);
  const drawn = drawStages(diagram, picture);
  return html`<div class="graph" role="group" aria-label="Graph">
${picture.groups.map((group, index) => figure(group, drawn[index], diagram))}</div>
<p class="hint">A stage begins when the one above it has ended. In a stage, an arrow leads to what waits; gates are hexagons with a diamond. Boxes without an arrow between them may run at the same time.</p>
`;
}

/** Links inside are reached by the keyboard, so a picture that has some is a group and not an image. */
function figure({ name, x, y, width, height, nodes }: PlacedGroup, drawn: Html | undefined, diagram: Diagram): Html {
  const ids = new Set(nodes.map(({ id }) => id));
  const hasLinks = diagram.nodes.some(({ id, link }) => link !== undefined && ids.has(id));
  return html`<div class="figure" tabindex="0" role="group" aria-label="${`Stage ${name}`}"><svg class="diagram" role="${hasLinks ? 'group' : 'img'}" aria-label="${`Graph of stage ${name}`}" width="${width + 2}" height="${height + 2}" viewBox="${x - 1} ${y - 1} ${width + 2} ${height + 2}">
${drawn}</svg></div>
`;
}
