/** Where in its file a problem of a definition is. */
import { expect, test } from 'vitest';
import { spotAt } from './excerpt.ts';
import { locateInJson, locateInYaml } from './locate-in-data.ts';
import { locateInScript } from './locate-in-script.ts';
import { tokensOf } from './path-tokens.ts';

const script = `import { build, defineConfig, deploy, parallel, source, wave } from '@cdkpipe/core';
const prod = { account: '3', region: 'eu-west-1' };
const look = manual('Look', { timeout: 1 });
export default defineConfig(async () => {
  const unused = 1;
  return {
    name: 'orders',
    source: source.connection('acme/orders', { connectionArn: 'arn:bad' }),
    build: build({ commands: ['npm ci'] }),
    variables: { 'A-B': { default: 'x' } },
    waves: [
      wave('Beta', [
        deploy('Beta', { env: { account: '2' }, stacks: (stage) => {}, approvals: look }),
      ], { before: manual('Open', {}) }),
      wave('Prod', [deploy('Eu', { env: prod, approvals: [parallel(look, manual('Two', { comment: 7 })), ...more] })]),
      ...others,
    ],
  };
});
`;

const at = (path: string): string | undefined => {
  const index = locateInScript(script, tokensOf(path) ?? []);
  return index === undefined ? undefined : script.slice(index, index + 12);
};

test.each([
  ['name', "'orders',\n  "],
  ['source.repository', "'acme/orders"],
  ['source.connectionArn', "'arn:bad' })"],
  ['build.commands[0]', "'npm ci'] })"],
  ['variables["A-B"].default', "'x' } },\n   "],
  ['waves[0].name', "'Beta', [\n  "],
  ['waves[0].before.name', "'Open', {}) "],
  ['waves[0].deployments[0].env.account', "'2' }, stack"],
  ['waves[0].deployments[0].approvals[0].options.timeout', '1 });\nexport'],
  ['waves[1].deployments[0].env.account', "'3', region:"],
  ['waves[1].deployments[0].approvals[0].parallel[1].options.comment', '7 })), ...mo'],
])('%s in a script', (path, text) => {
  expect(at(path)).toBe(text);
});

test('what is not written out is found as far as it is', () => {
  expect(at('waves[1].deployments[0].approvals[1].name')).toBe('[parallel(lo');
  expect(at('waves[0].deployments[0].env.region')).toBe("{ account: '");
  expect(at('waves[7].name')).toBe('[\n      wave');
  expect(at('schedule')).toBeUndefined();
});

test.each(['export default (', 'const a = 1;', 'export default load();'])('%j has no places', (text) => {
  expect(locateInScript(text, ['waves', 0])).toBeUndefined();
});

test('JSON and YAML, too', () => {
  const json = '{ "cdkpipe": { "waves": [{ "name": 7 }] } }';
  expect(json.slice(locateInJson(json, ['waves', 0, 'name'], ['cdkpipe']))).toMatch(/^7 }/);
  const yaml = 'waves:\n  - name: 7\n    deployments: []\n';
  expect(yaml.slice(locateInYaml(yaml, ['waves', 0, 'name']))).toMatch(/^7\n/);
  expect(yaml.slice(locateInYaml(yaml, ['waves', 0, 'deployments', 3, 'env']))).toMatch(/^\[\]/);
  expect(locateInYaml('a: [', ['b'])).toBeUndefined();
});

test.each(['a[b]', 'a..b', 'a[1', ' a'])('%j is no path', (path) => {
  expect(tokensOf(path)).toBeUndefined();
});

test('the line is shown between its neighbours, with a mark below the place', () => {
  const text = ['one', '\ttwo: bad', 'three', 'four'].join('\n');
  expect(spotAt(text, text.indexOf('bad'))).toEqual({
    line: 2,
    column: 7,
    excerpt: ['1 │ one', '2 │ \ttwo: bad', '  │ \t     ^', '3 │ three'],
  });
  expect(spotAt('a', 0).excerpt).toEqual(['1 │ a', '  │ ^']);
});
