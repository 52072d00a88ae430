/** What a build needs to look up the secrets and parameters its variables refer to. */
import { type Environment, refused } from '@cdkpipe/core';
import type { CdkModules } from '../aws/modules.ts';
import type { Grant } from '../contract/grant.ts';
import type { Place } from '../problems/place.ts';
import { secretReferenceInvalid } from '../problems/texts.ts';
import type { ProjectVariable } from './build-work.ts';

const secretName = /^[A-Za-z0-9/_+=.@-]+$/;
const parameterName = /^[A-Za-z0-9/_.-]+$/;
const arnForm = /^arn:[a-z-]+:(secretsmanager|ssm):[a-z0-9-]+:\d{12}:(secret:|parameter\/)[A-Za-z0-9/_+=.@-]+/;

/** Refuses a reference from which no exact ARN can be made: a wildcard in it would grant more than it names. */
export function checkSecretReference({ name, type, value }: ProjectVariable, place: Place): void {
  const [id = ''] = splitReference(value);
  const valid = arnForm.test(id) || (type === 'SECRETS_MANAGER' ? secretName : parameterName).test(id);
  const whole = type === 'SECRETS_MANAGER' || id === value;
  if (!valid || !whole) throw refused([secretReferenceInvalid(name, value, place)]);
}

export function secretGrants(cdk: CdkModules, env: Environment, variables: readonly ProjectVariable[]): Grant[] {
  const arn = (service: string, resource: string) =>
    `arn:${cdk.partition}:${service}:${env.region}:${env.account}:${resource}`;
  const idsOf = (type: ProjectVariable['type']) =>
    variables.filter((variable) => variable.type === type).map(({ value }) => splitReference(value)[0] ?? '');
  return [
    ...idsOf('SECRETS_MANAGER').map((id) => ({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secretArn(cdk, env, id)],
      reason: 'look up the secrets its variables name',
    })),
    ...idsOf('PARAMETER_STORE').map((id) => ({
      actions: ['ssm:GetParameters'],
      resources: [id.startsWith('arn:') ? id : arn('ssm', `parameter/${id.replace(/^\//, '')}`)],
      reason: 'look up the parameters its variables name',
    })),
  ];
}

/** The secret or parameter, and what CodeBuild lets follow after it: key, stage and version. */
function splitReference(value: string): string[] {
  const parts = value.split(':');
  return value.startsWith('arn:') ? [parts.slice(0, 7).join(':'), ...parts.slice(7)] : parts;
}

/** AWS ends a secret's ARN in a hyphen and six random characters. */
export function secretArn(cdk: CdkModules, { account, region }: Environment, secret: string): string {
  if (!secret.startsWith('arn:'))
    return `arn:${cdk.partition}:secretsmanager:${region}:${account}:secret:${secret}-??????`;
  return /-[A-Za-z0-9]{6}$/.test(secret) ? secret : `${secret}-??????`;
}
