/** The least number of characters that a value of a template can have once CloudFormation has resolved it. */
import { asArray, asObject, type Json } from './read-template.ts';

/** Shortest values of what is known before a deployment. */
const pseudoParameters: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::Partition': 3,
  'AWS::Region': 9,
  'AWS::URLSuffix': 13,
};

/** Counts what is written; a reference to a resource counts as nothing, so that nothing is refused on a guess. */
export function literalLength(value: Json): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return String(value).length;
  const [[key, inner] = ['', null]] = Object.entries(asObject(value));
  if (key === 'Ref') return typeof inner === 'string' ? (pseudoParameters[inner] ?? 0) : 0;
  if (key !== 'Fn::Join') return 0;
  const [delimiter = '', parts] = asArray(inner);
  const lengths = asArray(parts).map(literalLength);
  const between = Math.max(0, lengths.length - 1) * literalLength(delimiter);
  return lengths.reduce((sum, length) => sum + length, between);
}

/** The same for a whole policy document, as IAM counts it: without white space. */
export function literalDocumentLength(value: Json): number {
  if (typeof value === 'string') return JSON.stringify(value).length;
  if (Array.isArray(value))
    return (
      2 + Math.max(0, value.length - 1) + value.reduce<number>((sum, item) => sum + literalDocumentLength(item), 0)
    );
  if (typeof value !== 'object' || value === null) return String(value).length;
  const entries = Object.entries(asObject(value));
  if (entries.length === 1 && /^(Ref|Fn::.*)$/.test(entries[0]?.[0] ?? '')) return 2 + literalLength(value);
  const inside = entries.reduce((sum, [key, item]) => sum + key.length + 3 + literalDocumentLength(item), 0);
  return 2 + Math.max(0, entries.length - 1) + inside;
}
