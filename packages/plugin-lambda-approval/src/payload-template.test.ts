import { output } from '@cdkpipe/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Payload } from './payload.ts';
import { findPayloadFaults } from './payload.ts';
import { joinPayload, splitPayload } from './payload-template.ts';
import { joinOutputValues } from './runtime/output-values.ts';
import { readPayload } from './runtime/read-payload.ts';

const alphabet = fc.constantFrom('#{', '${', '{{', '}}', '{', '"', '\\', '\n', 'a', '$ref', '🚀', ':', ',');
const text = fc.array(alphabet, { maxLength: 6 }).map((parts) => parts.join(''));
const reference = fc.record({ stack: fc.constantFrom('A', 'B'), name: fc.constantFrom('X', 'Y') });
const outputs = reference.map(({ stack, name }) => output(stack, name));
const { payload } = fc.letrec<{ payload: Payload }>((tie) => ({
  payload: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.constant(null),
    outputs,
    fc.array(tie('payload'), { maxLength: 4 }),
    fc.dictionary(text, tie('payload'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** What a check should be handed: each reference replaced by a value that is hard to carry. */
const hardValue = (reference: object) => `${JSON.stringify(reference)}"},{"\n#{`;
const filled = (value: Payload): unknown =>
  JSON.parse(JSON.stringify(value), (_key, item) => (item?.$ref === 'output' ? hardValue(item) : item));

it('a payload arrives as it was written, with the values of its outputs', () => {
  fc.assert(
    fc.property(payload, (value) => {
      expect(findPayloadFaults(value)).toEqual([]);
      const template = splitPayload(value);
      const userParameters = joinOutputValues(template.outputs.map(hardValue));
      expect(readPayload(template.json, userParameters)).toEqual(filled(value));
    }),
  );
});

it('no text of a payload can be taken for a variable, a dynamic reference or a token', () => {
  fc.assert(
    fc.property(payload, (value) => {
      expect(splitPayload(value).json).not.toMatch(/[#{$]\{/);
    }),
  );
});

it('for an existing function the variables stand in the JSON, and texts stay data', () => {
  const value = { a: [output('A', 'X'), output('A', 'Y'), output('A', 'X')], b: '#{c.d} {"$ref":"output","at":0}' };
  const json = joinPayload(splitPayload(value), (reference) =>
    'stack' in reference ? `#{${reference.stack}.${reference.name}}` : '',
  );
  expect(json.match(/#\{[^}]*\}/g)).toEqual(['#{A.X}', '#{A.Y}', '#{A.X}']);
  expect(JSON.parse(json)).toEqual({ a: ['#{A.X}', '#{A.Y}', '#{A.X}'], b: value.b });
});
