import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addToScript, removeFromScript, usesInScript } from './edit-script.ts';

const name = '@acme/cdkpipe-plugin-pager';

function added(text: string): string {
  const edited = addToScript(text, name);
  if (!('text' in edited)) throw new Error(edited.reason);
  return edited.text;
}

function removed(text: string): string {
  const edited = removeFromScript(text, name);
  if (!('text' in edited)) throw new Error(edited.reason);
  return edited.text;
}

/** Definitions before and after; the import line is checked apart. */
const shapes: [title: string, before: string, after: string][] = [
  [
    'one line',
    'export default defineConfig({ plugins: [a, b] });',
    'export default defineConfig({ plugins: [a, b, pager] });',
  ],
  [
    'an empty list',
    'export default defineConfig({ plugins: [] });',
    'export default defineConfig({ plugins: [pager] });',
  ],
  [
    'lines with a trailing comma and a comment',
    'export default {\n\tplugins: [\n\t\ta, // first\n\t\tb, // last\n\t],\n};',
    'export default {\n\tplugins: [\n\t\ta, // first\n\t\tb, // last\n\t\tpager,\n\t],\n};',
  ],
  [
    'lines without a trailing comma',
    'export default {\n  plugins: [\n    a,\n    b // last\n  ]\n};',
    'export default {\n  plugins: [\n    a,\n    b, // last\n    pager\n  ]\n};',
  ],
  [
    'no list yet',
    "export default defineConfig({\n  name: 'shop',\n  source: s,\n});",
    "export default defineConfig({\n  name: 'shop',\n  plugins: [pager],\n  source: s,\n});",
  ],
  [
    'no list in one line',
    "export default { name: 'shop', source: s };",
    "export default { name: 'shop', plugins: [pager], source: s };",
  ],
  [
    'variables and types',
    'const plugins = [a] as const;\nconst definition = { plugins } satisfies Definition;\nexport default definition;',
    'const plugins = [a, pager] as const;\nconst definition = { plugins } satisfies Definition;\nexport default definition;',
  ],
  [
    'a function',
    'export default defineConfig(async () => {\n  const x = await y();\n  return { plugins: [a], x };\n});',
    'export default defineConfig(async () => {\n  const x = await y();\n  return { plugins: [a, pager], x };\n});',
  ],
];

test.each(shapes)('adds to a definition of this shape and takes it out again: %s', (_, before, after) => {
  const head = `import a from 'a';\nimport b from 'b';\n`;
  const text = `${head}\n${before}\n`;
  expect(added(text)).toBe(`${head}import pager from '${name}';\n\n${after}\n`);
  const restored = before.includes('plugins')
    ? text
    : text.replace('source:', `plugins: [],${before.includes('\n') ? '\n  ' : ' '}source:`);
  expect(removed(added(text))).toBe(restored);
});

test('writes as the author does: quotes, semicolons, line breaks', () => {
  const text = 'import a from "a"\r\nexport default { plugins: [a] }\r\n';
  expect(added(text)).toBe(
    `import a from "a"\r\nimport pager from "${name}"\r\nexport default { plugins: [a, pager] }\r\n`,
  );
});

test('a CommonJS definition gets the name of the package, as require cannot load every plugin', () => {
  expect(added('module.exports = { plugins: [] };')).toBe(`module.exports = { plugins: ['${name}'] };`);
});

test('a name that is in use is not taken again', () => {
  expect(added("import pager from 'p';\nexport default { plugins: [pager] };")).toContain(
    'plugins: [pager, pagerPlugin]',
  );
});

test('the name of a kind stays free for the function that makes its steps', () => {
  const edited = addToScript('export default { plugins: [] };\n', name, ['pager']);
  expect(edited).toEqual({
    text: `import pagerPlugin from '${name}';\nexport default { plugins: [pagerPlugin] };\n`,
  });
});

test('an import that is there is used', () => {
  const text = `import it from '${name}';\nexport default { plugins: [] };`;
  expect(added(text)).toBe(`import it from '${name}';\nexport default { plugins: [it] };`);
});

test('what is listed already stays as it is', () => {
  for (const text of [
    `import p from '${name}';\nexport default { plugins: [p] };`,
    `export default { plugins: ['${name}'] };`,
  ])
    expect(added(text)).toBe(text);
});

const configured: [title: string, entry: string][] = [
  ['in a pair', '[pager, { team: TEAM }]'],
  ['in an object', '{ plugin: pager, options: { team: TEAM } }'],
  ['by its name in a pair', `['${name}', { team: 1 }]`],
  ['over several lines', '[\n      pager,\n      { team: TEAM },\n    ]'],
];

test.each(configured)('a plugin with options %s is found, and removed with them', (_, entry) => {
  const definition = (plugins: string) => `export default {\n  plugins: [${plugins}],\n};\n`;
  const text = `import pager, { TEAM } from '${name}';\n\n${definition(`a, ${entry}`)}`;
  expect(added(text)).toBe(text);
  expect(usesInScript(text, name)).toEqual([]);
  expect(removed(text)).toBe(`\n${definition('a')}`);
});

test.each([
  ['a list made by a call', 'export default { plugins: make() };', '"plugins" is not a list'],
  ['a spread object', 'export default { ...base };', 'spread'],
  ['an imported definition', "import d from './d'; export default d;", 'not an object written out'],
  ['no export', 'const a = 1;', 'no default export'],
  [
    'two ways to return',
    'export default () => { if (a) { return { plugins: [] }; } return { plugins: [] }; };',
    'not an object',
  ],
  ['a broken file', 'export default {', 'could not be parsed'],
])('%s is left to the author, with the lines to add', (_, text, reason) => {
  const edited = addToScript(text, name);
  expect(edited).toMatchObject({
    reason: expect.stringContaining(reason),
    byHand: expect.arrayContaining([expect.stringContaining('plugins: [')]),
  });
});

test('lines that use what a plugin exports are found', () => {
  const text = `import pager, { page } from '${name}';\nexport default {\n  plugins: [pager],\n  waves: [page('X')],\n};`;
  expect(usesInScript(text, name)).toEqual([4]);
});

describe('any list of names', () => {
  const separators = fc.constantFrom(' ', '\n  ', '\n\t');
  test('comes back as it was after adding and removing', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', "'d'", '...e'), { maxLength: 5 }),
        separators,
        fc.boolean(),
        (entries, gap, trailing) => {
          const comma = trailing && entries.length > 0 ? ',' : '';
          const close = gap === ' ' || entries.length === 0 ? '' : '\n';
          const text = `import x from 'x';\nexport default { plugins: [${close ? gap : ''}${entries.join(`,${gap}`)}${comma}${close}] };\n`;
          expect(removed(added(text))).toBe(text);
        },
      ),
    );
  });
});
