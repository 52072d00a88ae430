import { describeKind, type Plugin } from '@cdkpipe/core';
import bakeApproval from '@cdkpipe/plugin-bake-approval';
import codebuildApproval from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval from '@cdkpipe/plugin-lambda-approval';
import manualApproval from '@cdkpipe/plugin-manual-approval';
import securityApproval from '@cdkpipe/plugin-security-approval';
import windowApproval from '@cdkpipe/plugin-window-approval';
import { kindPage } from '@cdkpipe/testkit/kind-page';
import { expect, test } from 'vitest';

const plugins: readonly Plugin[] = [
  manualApproval,
  codebuildApproval,
  lambdaApproval,
  bakeApproval,
  windowApproval,
  securityApproval,
];

const pages = plugins.flatMap((plugin) =>
  (plugin.kinds ?? []).map((kind) => ({
    name: kind.name,
    source: {
      page: describeKind(kind),
      plugin: plugin.name,
      backends: (plugin.renderers ?? [])
        .filter((renderer) => renderer.kind === kind.name)
        .map(({ backend }) => backend),
    },
  })),
);

// `npx vitest run packages/cli/src/views/kind-page.test.ts -u` writes the pages anew.
test.each(pages)('docs/kinds/$name.md is the page of its kind', async ({ name, source }) => {
  await expect(kindPage(source)).toMatchFileSnapshot(`../../../../docs/kinds/${name}.md`);
});

test('a kind that other steps express is not said to work nowhere', () => {
  const page = describeKind({ name: 'ask', summary: 'Asks.', lower: () => ({ kind: 'manual', name: 'Ask' }) });
  const [alone, drawn] = [[], ['local']].map((backends) => kindPage({ page, plugin: '@acme/ask', backends }));
  expect(alone).toContain('- Works wherever the steps do that take its place\n');
  expect(drawn).toContain('- Rendered on `local`; elsewhere other steps take its place\n');
});

test('a kind without options and examples says so', () => {
  const page = describeKind({ name: 'ask', summary: 'Asks.' });
  expect(kindPage({ page, plugin: '@acme/ask', backends: [] })).toMatchInlineSnapshot(`
    "# ask

    Asks.

    - Brought by \`@acme/ask\`
    - May stand in a deployment's \`changes\`, in a deployment's \`approvals\` or before a wave
    - Rendered on no backend

    It takes no options.
    "
  `);
});

test('texts of a plugin do not break the table', () => {
  const options = { properties: { mode: { type: 'string', description: 'one | two\nlines' } }, required: ['mode'] };
  const page = { ...describeKind({ name: 'ask', summary: 'Asks.' }), options };
  expect(kindPage({ page, plugin: '@acme/ask', backends: ['local'] })).toContain(
    '| `mode` | string | yes | one \\| two lines |',
  );
});
