/**
 * Makes packages/cli/errors.json, what `cdkpipe explain CODE` shows, from docs/errors.md: the text has one copy.
 *
 * node build/write-errors.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const site = 'https://github.com/cdkpipe/cdkpipe/blob/main/docs';

/** By code: its group, and its text in blocks. A `quote` is an example of the message. */
export function parseErrors(page) {
  const [, ...groups] = page.split(/^## /m);
  return Object.fromEntries(
    groups.flatMap((group) => {
      const [head, ...sections] = group.split(/^### /m);
      const name = firstLineOf(head);
      return sections.map((section) => [firstLineOf(section), { group: name, ...partsOf(section) }]);
    }),
  );
}

function firstLineOf(text) {
  return text.slice(0, text.indexOf('\n')).trim();
}

/** What stands before the first example is the meaning, what stands behind it the fix; a second example is part of that. */
function partsOf(section) {
  const blocks = section
    .slice(section.indexOf('\n'))
    .trim()
    .split(/\n{2,}/);
  const first = blocks.findIndex((block) => block.startsWith('>'));
  const plain = (block) => withAddresses(block).replace(/\s*\n\s*/g, ' ');
  const message = (block) => block.replace(/^> ?/gm, '');
  return {
    meaning: blocks.slice(0, first).map(plain),
    example: message(blocks[first] ?? ''),
    fix: blocks.slice(first + 1).map((block) => (block.startsWith('>') ? message(block) : plain(block))),
  };
}

/** A terminal shows no links, so that the address follows the text. */
function withAddresses(text) {
  return text.replace(/\[([^\]]*)\]\(([^)\s]+)\)/g, (_, label, target) => {
    const address = /^https?:/.test(target) ? target : `${site}/${target}`;
    return `${label} (${address})`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const errors = parseErrors(readFileSync(resolve(root, 'docs/errors.md'), 'utf8'));
  writeFileSync(resolve(root, 'packages/cli/errors.json'), JSON.stringify(errors));
}
