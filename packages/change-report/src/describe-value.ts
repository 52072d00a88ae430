/** Says values of a template in few words. */
import { canonicalJson, isObject, type Json, type JsonObject } from './json.ts';

export function describeValue(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return shorten(value.map(describeValue));
  if (!isObject(value)) return canonicalJson(value);
  if (typeof value.Ref === 'string') return value.Ref;
  const attribute = value['Fn::GetAtt'];
  if (Array.isArray(attribute)) return attribute.join('.');
  const joined = value['Fn::Join'];
  if (Array.isArray(joined) && Array.isArray(joined[1]))
    return joined[1].map(describeValue).join(typeof joined[0] === 'string' ? joined[0] : '');
  return canonicalJson(value);
}

/** For example `Allow s3:GetObject on Bucket.Arn`. */
export function describeStatement(statement: JsonObject): string {
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement;
  return [
    typeof Effect === 'string' ? Effect : 'Allow or Deny',
    Action === undefined ? `all but ${describeValue(NotAction)}` : describeValue(Action),
    ...(Resource === undefined ? [] : [`on ${describeValue(Resource)}`]),
    ...(NotResource === undefined ? [] : [`on all but ${describeValue(NotResource)}`]),
    ...(Principal === undefined ? [] : [`for ${describePrincipal(Principal)}`]),
    ...(NotPrincipal === undefined ? [] : [`for all but ${describePrincipal(NotPrincipal)}`]),
    ...(Condition === undefined ? [] : ['under conditions']),
  ].join(' ');
}

export function describePrincipal(principal: Json): string {
  if (!isObject(principal) || 'Ref' in principal) return describeValue(principal);
  return shorten(Object.values(principal).map(describeValue));
}

function shorten(texts: readonly string[]): string {
  return texts.length > 3 ? `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more` : texts.join(', ');
}
