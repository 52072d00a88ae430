import { expect, test } from 'vitest';
import { gatePlugin, httpGate } from './gate-plugin.test.fixture.ts';
import { render } from './render.ts';

const gate = httpGate('Alive', { url: 'https://shop.example.com/' });

test('a step is rendered by the real backend, and the test sees what its renderer declared and asked for', async () => {
  const rendered = await render(gatePlugin, httpGate('Alive', { url: 'https://shop.example.com/', token: 'shop' }));
  expect(rendered.declaration).toMatchObject({ category: 'Invoke', provider: 'Lambda' });
  expect(rendered.functions).toMatchObject([{ timeout: 1, env: { URL: 'https://shop.example.com/' } }]);
  expect(rendered.grants.map(({ to, actions }) => [to, ...actions])).toEqual([
    ['function', 'secretsmanager:GetSecretValue'],
  ]);
  expect(rendered.resources('AWS::Lambda::Function')).toMatchObject([
    { properties: { Environment: { Variables: { URL: 'https://shop.example.com/' } }, Timeout: 60 } },
  ]);
  expect(rendered.resources().length).toBeGreaterThan(rendered.resources('AWS::Lambda::Function').length);
  expect([...rendered.templates.keys()]).toContain('tested-pipeline');
});

test('with runIn the step is rendered in another account and region', async () => {
  const { declaration, resources, templates } = await render(gatePlugin, gate, {
    runIn: { account: '222222222222', region: 'us-east-1' },
  });
  expect(declaration).toMatchObject({ region: 'us-east-1', roleArn: expect.stringContaining('222222222222') });
  expect(resources('AWS::Lambda::Function')).toHaveLength(1);
  expect([...templates.keys()].length).toBeGreaterThan(2);
});

test('who is told is there, and the grants that it needs are not counted as those of the renderer', async () => {
  const { told, grants } = await render(
    gatePlugin,
    httpGate('Alive', { url: 'https://shop.example.com/', emails: ['a@example.com'] }),
  );
  expect([told, grants]).toEqual([[{ emails: ['a@example.com'] }], []]);
});

test('for local the declaration is a task', async () => {
  const { declaration, actions } = await render(gatePlugin, gate, { backend: 'local' });
  expect(declaration).toMatchObject({ type: 'task', retry: 'safe' });
  expect(actions).toMatchObject([{ kind: 'httpGate', node: { id: 'Beta/Alive' } }]);
});

test.each(['approval', 'change', 'wave'] as const)('a step may stand in the position %s', async (position) => {
  const { actions } = await render(gatePlugin, gate, { backend: 'local', position });
  expect(actions).toMatchObject([{ node: { step: { position } } }]);
});

test('options that the schema refuses, and steps that the renderer refuses, are refused as for a user', async () => {
  await expect(render(gatePlugin, { kind: 'httpGate', name: 'Alive', options: {} })).rejects.toMatchObject({
    problems: [{ path: 'waves[0].deployments[0].approvals[0].options.url' }],
  });
  await expect(render(gatePlugin, httpGate('Alive', { url: 'http://shop.example.com/' }))).rejects.toMatchObject({
    code: 'HTTP_GATE_PLAIN',
  });
});
