/** What a resource lets through or holds back, as items that can be looked for in the other template. */
import { describeStatement, describeValue } from './describe-value.ts';
import { canonicalJson, isObject, type Json, type JsonObject } from './json.ts';
import { atomsOf, findStatements } from './statements.ts';
import type { TemplateResource } from './template.ts';

export interface Grant {
  /** `allow` broadens where it is new, `deny` where it is gone. */
  readonly effect: 'allow' | 'deny';
  /** Any of these keys in the other template stands for the same or more. */
  readonly parts: readonly { readonly key: string; readonly unconditional: string }[];
  readonly text: string;
  /** True for a statement of a policy. */
  readonly isStatement?: true;
}

/** Resources that are a permission as a whole. */
const wholeGrants: ReadonlySet<string> = new Set([
  'AWS::Cognito::IdentityPoolRoleAttachment',
  'AWS::Events::EventBusPolicy',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::SAMLProvider',
  'AWS::IAM::UserToGroupAddition',
  'AWS::LakeFormation::Permissions',
  'AWS::LakeFormation::PrincipalPermissions',
  'AWS::Lambda::LayerVersionPermission',
  'AWS::Lambda::Permission',
  'AWS::RAM::ResourceShare',
  'AWS::RolesAnywhere::Profile',
  'AWS::RolesAnywhere::TrustAnchor',
  'AWS::S3::AccessGrant',
  'AWS::SSO::Assignment',
]);

/** Resources that are one rule of a network. */
const networkRules: ReadonlySet<string> = new Set([
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::ElastiCache::SecurityGroupIngress',
  'AWS::RDS::DBSecurityGroupIngress',
  'AWS::Redshift::ClusterSecurityGroupIngress',
]);

/** Properties that hold a policy: one that no statement can be read from is compared as a whole. */
const policyProperties: ReadonlySet<string> = new Set([
  'AccessPolicies',
  'AccessPolicy',
  'AssumeRolePolicyDocument',
  'FileSystemPolicy',
  'InlinePolicy',
  'KeyPolicy',
  'PermissionsPolicyDocument',
  'Policy',
  'PolicyDocument',
  'PolicyText',
  'RepositoryPolicyText',
  'ResourcePolicy',
]);

export function grantsOf(resource: TemplateResource): Grant[] {
  const { Type, Properties = {} } = resource;
  return [
    ...findStatements(Properties).flatMap(statementGrants),
    ...opaquePolicies(Properties),
    ...attachments(Type, Properties),
    ...networkGrants(Type, Properties),
    ...(wholeGrants.has(Type) ? [whole(Properties, `${Type} ${summarize(Properties)}`)] : []),
  ];
}

/** One whose effect is decided elsewhere may do either. */
function statementGrants(statement: JsonObject): Grant[] {
  const grant = { parts: atomsOf(statement), text: describeStatement(statement), isStatement: true as const };
  const effects = [
    ...(statement.Effect === 'Deny' ? [] : (['allow'] as const)),
    ...(statement.Effect === 'Allow' ? [] : (['deny'] as const)),
  ];
  return effects.map((effect) => ({ effect, ...grant }));
}

function whole(value: Json | undefined, text: string, effect: Grant['effect'] = 'allow'): Grant {
  const key = canonicalJson(value);
  return { effect, parts: [{ key, unconditional: key }], text };
}

function opaquePolicies(value: Json | undefined): Grant[] {
  if (Array.isArray(value)) return value.flatMap(opaquePolicies);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    policyProperties.has(name) && findStatements(item).length === 0
      ? [whole({ [name]: item }, `a policy that cannot be read (${name})`)]
      : opaquePolicies(item),
  );
}

function attachments(type: string, properties: JsonObject): Grant[] {
  const items = (name: string) => {
    const value = properties[name];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  const managed = ['ManagedPolicyArns', 'ManagedPolicies', 'CustomerManagedPolicyReferences'].flatMap((name) =>
    items(name).map((item) => whole({ managed: item }, `the managed policy ${describeValue(item)}`)),
  );
  const attached = type.startsWith('AWS::IAM::')
    ? ['Groups', 'Roles', 'Users'].flatMap((name) =>
        items(name).map((item) => whole({ [name]: item }, `attached to ${describeValue(item)}`)),
      )
    : [];
  const boundary = items('PermissionsBoundary').map((item) =>
    whole({ boundary: item }, `the permissions boundary ${describeValue(item)}`, 'deny'),
  );
  return [...managed, ...attached, ...boundary];
}

function networkGrants(type: string, properties: JsonObject): Grant[] {
  if (networkRules.has(type)) return [networkRule(type.split('::').at(-1) ?? type, properties)];
  if (type !== 'AWS::EC2::SecurityGroup') return [];
  const { SecurityGroupIngress = [], SecurityGroupEgress } = properties;
  const isOpen = SecurityGroupEgress === undefined || canonicalJson(SecurityGroupEgress) === '[]';
  return [
    ...[SecurityGroupIngress].flat().map((rule) => networkRule('ingress', rule)),
    // A group without egress rules is given one by EC2 that lets everything out.
    ...(isOpen ? [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }] : [SecurityGroupEgress].flat()).map((rule) =>
      networkRule('egress', rule),
    ),
  ];
}

function networkRule(direction: string, rule: Json | undefined): Grant {
  if (!isObject(rule)) return whole({ [direction]: rule }, `${direction} ${describeValue(rule)}`);
  const { Description, GroupId, GroupName, ...what } = rule;
  const { IpProtocol, FromPort, ToPort, ...peers } = what;
  const ports = FromPort === undefined || FromPort === ToPort ? [FromPort] : [FromPort, ToPort];
  const port = ports.filter((each) => each !== undefined).map((each) => describeValue(each));
  const protocol = String(IpProtocol) === '-1' ? 'all traffic' : describeValue(IpProtocol);
  const peer = Object.values(peers).map(describeValue).join(' ');
  return whole(
    { [direction]: { ...what, group: GroupId ?? GroupName } },
    [direction, protocol, port.join('-'), peer].filter((word) => word !== '').join(' '),
  );
}

function summarize(properties: JsonObject): string {
  const { Action, FunctionName, Principal } = properties;
  return [Action, FunctionName, Principal]
    .flatMap((value) => (value === undefined ? [] : [describeValue(value)]))
    .join(' ');
}
