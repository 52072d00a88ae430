/** A diagram as Markdown: GitHub and GitLab show the fenced block as a picture. */
import type { Diagram } from './diagram.ts';
import { visibleLine } from './fit-text.ts';
import { mermaidText } from './mermaid-text.ts';

/** No fence of an author can end the block: Mermaid's text has no grave accents but in entity codes. */
export function markdownFile(diagram: Diagram): string {
  return `# ${escaped(diagram.title)}\n\n${escaped(diagram.description)}\n\n\`\`\`mermaid\n${mermaidText(diagram)}\`\`\`\n`;
}

/** Every punctuation character may be escaped. @see https://spec.commonmark.org/0.31.2/#backslash-escapes */
function escaped(text: string): string {
  return visibleLine(text).replace(/[\\`*_{}[\]<>()#+!|~&$^@:-]/g, (character) => `\\${character}`);
}
