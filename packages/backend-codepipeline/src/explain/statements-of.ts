/** The statements of a role or policy, each with the reason that stands in the metadata beside it. */
import type { EmittedStatement } from '@cdkpipe/core';
import { reasonsKey } from '../iam/explain.ts';
import { asArray, asObject, type Json } from '../inspect/read-template.ts';
import type { PlacedResource } from './emitted-resources.ts';

export function statementsOf({ properties, metadata }: PlacedResource): EmittedStatement[] {
  const reasons = asArray(metadata[reasonsKey]);
  const documents = [...asArray(properties.Policies), properties].flatMap(
    (each) => asObject(each).PolicyDocument ?? [],
  );
  return documents
    .flatMap((document) => listOf(asObject(document).Statement))
    .map((statement, index) => {
      const { Effect, Action, NotAction, Resource, NotResource, Condition } = asObject(statement);
      const reason = reasons[index];
      return {
        effect: typeof Effect === 'string' ? Effect : JSON.stringify(Effect),
        actions:
          Action === undefined ? listOf(NotAction).map((each) => `not ${spell(each)}`) : listOf(Action).map(spell),
        resources:
          Resource === undefined
            ? listOf(NotResource).map((each) => `not ${spell(each)}`)
            : listOf(Resource).map(spell),
        ...(Condition === undefined ? {} : { condition: Condition }),
        ...(typeof reason === 'string' ? { reason } : {}),
      };
    });
}

function listOf(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** References as `<LogicalId.Attribute>`. */
function spell(value: Json): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = asObject(value);
  if (typeof Ref === 'string') return `<${Ref}>`;
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  const [separator, parts] = asArray(join);
  if (typeof separator === 'string' && Array.isArray(parts)) return parts.map(spell).join(separator);
  return JSON.stringify(value);
}
