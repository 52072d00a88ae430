/** The formats of `cdkpipe plan --graph FILE`, by the extension of the file. */
import type { Diagram } from '../diagram/diagram.ts';
import { dotText } from '../diagram/dot-text.ts';
import { graphDocument } from '../diagram/graph-document.ts';
import { markdownFile } from '../diagram/markdown-file.ts';
import { mermaidText } from '../diagram/mermaid-text.ts';
import { planPage } from '../diagram/plan-page.ts';
import { svgFile } from '../diagram/svg-file.ts';
import type { Outline } from '../outline/outline.ts';
import type { GraphFormat } from './graph-format.ts';

/** @param outline what the table of a page has; a diagram may show less */
export function graphText(format: GraphFormat, diagram: Diagram, outline: Outline): string {
  const writers: Readonly<Record<GraphFormat, () => string>> = {
    svg: () => svgFile(diagram),
    html: () => planPage(diagram, outline),
    mmd: () => mermaidText(diagram),
    md: () => markdownFile(diagram),
    dot: () => dotText(diagram),
    json: () => `${JSON.stringify(graphDocument(diagram), undefined, 2)}\n`,
  };
  return writers[format]();
}
