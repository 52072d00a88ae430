import { expect, test } from 'vitest';
import { linesWithKind } from './steps-of-kind.ts';

test.each([
  ['TypeScript', "approvals: [smoke, { kind: 'confirm', name: 'Sure' }],", [1]],
  ['JSON', '{\n  "approvals": [{"kind":"confirm","name":"Sure"}]\n}', [2]],
  ['YAML', 'approvals:\n  - kind: confirm\n    name: Sure\n  - name: Other\n    kind: "confirm"', [2, 5]],
  ['another kind', "{ kind: 'confirmed', name: 'confirm' }, { kind: 'manual' }", []],
  ['another key', "{ mankind: 'confirm' }", []],
])('steps of a kind are found in %s', (_, text, lines) => {
  expect(linesWithKind(text, ['confirm'])).toEqual(lines);
});
