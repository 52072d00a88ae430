import { expect, test } from 'vitest';
import { addPluginTo, removePluginFrom } from './edit-definition.ts';

const name = '@acme/cdkpipe-plugin-pager';

const yaml: [title: string, before: string, after: string][] = [
  [
    'a block with comments',
    'name: shop # the shop\nplugins:\n  # people\n  - manual # decides\nsource: x\n',
    `name: shop # the shop\nplugins:\n  # people\n  - manual # decides\n  - '${name}'\nsource: x\n`,
  ],
  ['a flow', 'plugins: [a, b] # two\nname: shop\n', `plugins: [a, b, '${name}'] # two\nname: shop\n`],
  ['an empty flow', 'plugins: []\n', `plugins: ['${name}']\n`],
  ['an unindented block', 'plugins:\n- a\nname: x\n', `plugins:\n- a\n- '${name}'\nname: x\n`],
];

test.each(yaml)('YAML with %s is edited in place, and back', (_, before, after) => {
  expect(addPluginTo('cdkpipe.config.yaml', before, name)).toEqual({ text: after });
  expect(removePluginFrom('cdkpipe.config.yaml', after, name)).toEqual({ text: before });
});

test.each([
  ['no key', 'name: shop\nsource: x\n', `name: shop\nplugins:\n  - '${name}'\nsource: x\n`],
  ['an empty key', 'plugins:\nname: shop\n', `plugins:\n  - '${name}'\nname: shop\n`],
  ['nothing that follows', 'name: shop', `name: shop\nplugins:\n  - '${name}'\n`],
])('YAML with %s gets a list', (_, before, after) => {
  expect(addPluginTo('cdkpipe.config.yml', before, name)).toEqual({ text: after });
});

test('the last item of a YAML list leaves an empty list', () => {
  const text = `plugins:\n  - '${name}'\nname: shop\n`;
  expect(removePluginFrom('cdkpipe.config.yaml', text, name)).toEqual({ text: 'plugins: []\nname: shop\n' });
});

test('YAML whose plugins are no list is left to the author', () => {
  expect(addPluginTo('cdkpipe.config.yaml', 'plugins: a\n', name)).toMatchObject({
    byHand: ['plugins:', `  - '${name}'`],
  });
});

test.each([
  [
    'two spaces',
    '{\n  "plugins": [\n    "a"\n  ],\n  "name": "x"\n}\n',
    `{\n  "plugins": [\n    "a",\n    "${name}"\n  ],\n  "name": "x"\n}\n`,
  ],
  ['tabs', '{\n\t"plugins": [\n\t\t"a"\n\t]\n}\n', `{\n\t"plugins": [\n\t\t"a",\n\t\t"${name}"\n\t]\n}\n`],
])('JSON with %s is edited in place, and back', (_, before, after) => {
  expect(addPluginTo('cdkpipe.config.json', before, name)).toEqual({ text: after });
  expect(removePluginFrom('cdkpipe.config.json', after, name)).toEqual({ text: before });
});

test('in package.json the definition stands under its key', () => {
  const text = JSON.stringify({ name: 'shop', plugins: ['not these'], cdkpipe: { name: 'shop' } }, null, 2);
  const edited = addPluginTo('/project/package.json', text, name);
  expect('text' in edited && JSON.parse(edited.text)).toEqual({
    name: 'shop',
    plugins: ['not these'],
    cdkpipe: { name: 'shop', plugins: [name] },
  });
});

test.each([
  [
    'JSON',
    'cdkpipe.config.json',
    `{\n  "plugins": [\n    "a",\n    {\n      "plugin": "${name}",\n      "options": { "team": 1 }\n    }\n  ]\n}\n`,
    '{\n  "plugins": [\n    "a"\n  ]\n}\n',
  ],
  [
    'JSON, in a pair',
    'cdkpipe.config.json',
    `{\n  "plugins": [\n    "a",\n    ["${name}", { "team": 1 }]\n  ]\n}\n`,
    '{\n  "plugins": [\n    "a"\n  ]\n}\n',
  ],
  [
    'YAML',
    'cdkpipe.config.yaml',
    `plugins:\n  - a\n  - plugin: '${name}' # ours\n    options:\n      team: 1\n  # others\n  - b\nname: shop\n`,
    'plugins:\n  - a\n  # others\n  - b\nname: shop\n',
  ],
  [
    'YAML, alone',
    'cdkpipe.config.yaml',
    `plugins:\n  - plugin: '${name}'\n    options: { team: 1 }\nname: shop\n`,
    'plugins: []\nname: shop\n',
  ],
  [
    'YAML, in a flow',
    'cdkpipe.config.yaml',
    `plugins: [a, { plugin: '${name}', options: { team: 1 } }]\n`,
    'plugins: [a]\n',
  ],
])('a plugin with options is found in %s, and removed with them', (_, file, text, without) => {
  expect(addPluginTo(file, text, name)).toEqual({ text });
  expect(removePluginFrom(file, text, name)).toEqual({ text: without });
});

test('a plugin is added behind one with options', () => {
  const text = 'plugins:\n  - plugin: a\n    options:\n      team: 1\nname: shop\n';
  expect(addPluginTo('cdkpipe.config.yaml', text, name)).toEqual({
    text: text.replace('name:', `  - '${name}'\nname:`),
  });
});
