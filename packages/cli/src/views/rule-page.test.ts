import { describeRule } from '@cdkpipe/core';
import safeDeployments from '@cdkpipe/plugin-safe-deployments';
import { rulePage } from '@cdkpipe/testkit/rule-page';
import { expect, test } from 'vitest';

const { name: plugin, rules = [] } = safeDeployments;

/** Each under the name that its links have; a page of one rule begins one level higher. */
const sections = rules.map((rule) =>
  rulePage({ page: describeRule(rule), plugin })
    .replace(/^#/gm, '##')
    .replace(/^## safe-deployments\//, '## ')
    .trimEnd(),
);

const intro = `# safe-deployments

The [lint rules](../rules.md) of [\`${plugin}\`](../../packages/plugin-safe-deployments/README.md).
`;

// `npx vitest run packages/cli/src/views/rule-page.test.ts -u` writes the page anew.
test('docs/rules/safe-deployments.md has a section for each rule of the pack', async () => {
  await expect(`${[intro.trimEnd(), ...sections].join('\n\n')}\n`).toMatchFileSnapshot(
    '../../../../docs/rules/safe-deployments.md',
  );
});

test.each(rules.map((rule) => [rule.name, rule.docs]))('the page of %s is that section', (name, docs) => {
  expect(docs).toMatch(/\/docs\/rules\/safe-deployments\.md#/);
  expect(docs?.split('#')[1]).toBe(name.split('/')[1]);
});

test.each(rules.map((rule) => [rule.name, rule.sources ?? []] as const))(
  '%s names what it is founded on',
  (_, sources) => {
    expect(sources.map(({ title }) => title).join()).toMatch(
      /Builders' Library.*Well-Architected Framework, OPS0[56]-BP\d\d/s,
    );
    for (const { url } of sources) expect(url).toMatch(/^https:\/\/(?:docs\.)?aws\.amazon\.com\//);
  },
);
