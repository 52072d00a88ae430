/** A diagram as one SVG file that needs nothing else and is readable on light and dark pages. */
import type { Picture } from '@cdkpipe/core';
import { Html, html } from '../markup/html.ts';
import type { Diagram } from './diagram.ts';
import { diagramStyle } from './diagram-style.ts';
import { drawEdge, drawStages } from './draw-stage.ts';
import { visibleLine } from './fit-text.ts';
import { placeDiagram } from './place-diagram.ts';

const margin = 16;

export function svgFile(diagram: Diagram): string {
  const picture = placeDiagram(diagram);
  const [width, height] = [picture.width + 2 * margin, picture.height + 2 * margin];
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" aria-labelledby="title description" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}">
<title id="title">${visibleLine(diagram.title)}</title>
<desc id="description">${visibleLine(diagram.description)}</desc>
<style>${new Html(diagramStyle)}</style>
<rect class="paper" x="${-margin}" y="${-margin}" width="${width}" height="${height}"/>
${arrowsBetween(picture)}${drawStages(diagram, picture)}</svg>
`.text;
}

/** A stage begins when the one above it has ended. */
function arrowsBetween({ groups }: Picture): Html[] {
  return groups.slice(1).map((group, index) => {
    const above = groups[index] ?? group;
    const x = group.x + Math.round(group.width / 2);
    return drawEdge([
      { x, y: above.y + above.height },
      { x, y: group.y },
    ]);
  });
}
