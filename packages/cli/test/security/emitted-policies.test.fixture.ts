/** Reads the roles and policies of an emitted cloud assembly: what is granted, to whom, and why. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// biome-ignore lint/suspicious/noExplicitAny: tests look wherever they like into templates
export type Template = any;

export interface EmittedStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  /** References written as `<LogicalId.Attribute>`. */
  readonly resources: readonly string[];
  readonly condition?: unknown;
  readonly reason?: string;
}

/** A role or managed policy of the pipeline's own stacks. */
export interface EmittedPolicy {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: 'AWS::IAM::Role' | 'AWS::IAM::ManagedPolicy';
  readonly description: string;
  /** Where its stack is deployed. */
  readonly account: string;
  readonly region: string;
  /** Physical name of a role, where it has a fixed one. */
  readonly name?: string;
  readonly statements: readonly EmittedStatement[];
  /** Statements about who may assume it; empty for policies. */
  readonly trust: readonly Template[];
  /** Logical IDs of the managed policies it is given. */
  readonly given: readonly string[];
  /** Why a resource stands for several, by the resource, as cdk-nag is told. */
  readonly wildcards: Readonly<Record<string, string>>;
}

/** Names of the stacks that the pipeline itself needs; deployments lie in directories of their own. */
export function ownStacks(directory: string): string[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => file.slice(0, -'.template.json'.length))
    .toSorted();
}

export function readTemplate(directory: string, stack: string): Template {
  return JSON.parse(readFileSync(join(directory, `${stack}.template.json`), 'utf8'));
}

export function readPolicies(directory: string): EmittedPolicy[] {
  const attached = readAttached(directory);
  return ownStacks(directory).flatMap((stack) => {
    const acknowledged = readAcknowledged(directory, stack);
    const { environment } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')).artifacts[stack];
    const [account = '', region = ''] = environment.replace('aws://', '').split('/');
    return Object.entries<Template>(readTemplate(directory, stack).Resources)
      .filter(([, { Type }]) => /^AWS::IAM::(Role|ManagedPolicy|Policy)$/.test(Type))
      .map(([logicalId, { Type, Properties, Metadata }]) => ({
        stack,
        logicalId,
        type: Type,
        description: Properties.Description ?? logicalId,
        account,
        region,
        ...(Properties.RoleName === undefined ? {} : { name: Properties.RoleName }),
        statements: statementsOf(Properties, Metadata?.['cdkpipe:reasons'] ?? []),
        trust: Properties.AssumeRolePolicyDocument?.Statement ?? [],
        given: [
          ...(Properties.ManagedPolicyArns ?? []).map((arn: Template) => flatten(arn).replace(/[<>]/g, '')),
          ...attached.filter(({ role }) => role === Properties.RoleName).map(({ policy }) => policy),
        ],
        wildcards: wildcardsIn(acknowledged[logicalId] ?? {}),
      }));
  });
}

/** Managed policies that another stack attaches to a role, by its name. */
function readAttached(directory: string): { policy: string; role: string }[] {
  return ownStacks(directory).flatMap((stack) =>
    Object.entries<Template>(readTemplate(directory, stack).Resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy')
      .flatMap(([policy, { Properties }]) => (Properties.Roles ?? []).map((role: string) => ({ policy, role }))),
  );
}

function statementsOf(properties: Template, reasons: readonly string[]): EmittedStatement[] {
  const documents = [...(properties.Policies ?? []), properties].flatMap(({ PolicyDocument }) => PolicyDocument ?? []);
  return documents
    .flatMap(({ Statement }: Template) => Statement)
    .map(({ Effect, Action, Resource, Condition }: Template, index: number) => ({
      effect: Effect,
      actions: [Action].flat(),
      resources: [Resource].flat().map(flatten),
      ...(Condition === undefined ? {} : { condition: Condition }),
      ...(reasons[index] === undefined ? {} : { reason: reasons[index] }),
    }));
}

/** What cdk-nag is told about a stack: the reason, by logical ID, then by finding. */
export function readAcknowledged(directory: string, stack: string): Record<string, Record<string, string>> {
  const file = join(directory, `${stack}.metadata.json`);
  const entries = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const found: Record<string, Record<string, string>> = {};
  for (const metadata of Object.values<Template>(entries)) {
    const logicalId = metadata.find(({ type }: Template) => type === 'aws:cdk:logicalId')?.data;
    for (const { type, data } of metadata) {
      if (type !== 'aws:cdk:acknowledged-rules') continue;
      for (const [id, reason] of Object.entries<string>(data))
        found[logicalId] = { ...found[logicalId], [id.replace('Annotation::', '')]: reason };
    }
  }
  return found;
}

function wildcardsIn(acknowledged: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(acknowledged).flatMap(([finding, reason]) => {
      const resource = /^AwsSolutions-IAM5\[Resource::(.*)\]$/.exec(finding)?.[1];
      return resource === undefined ? [] : [[resource, reason]];
    }),
  );
}

function flatten(value: Template): string {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(flatten).join(value['Fn::Join'][0]);
  if (value['Fn::GetAtt']) return `<${value['Fn::GetAtt'].join('.')}>`;
  return value.Ref === undefined ? JSON.stringify(value) : `<${value.Ref}>`;
}

interface AllowedWildcard {
  readonly actions: RegExp;
  readonly resource: RegExp;
  readonly because: string;
}

/** Every resource with `*` that a role of ours may have. An action with one is never right. */
const allowed: readonly AllowedWildcard[] = [
  {
    actions: /^s3:(Get|Put)Object/,
    resource: /^(<Artifacts\.Arn>|arn:[\w-]+:s3:::cdkpipe-artifacts-[a-z0-9-]+)\/\*(\/(Source|Assembly)\/\*)?$/,
    because: 'artifacts have keys that CodePipeline makes up, and the bucket holds nothing else',
  },
  {
    actions: /^kms:/,
    resource: /^arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\/\*$/,
    because: 'narrowed to the one key behind an alias, or to what S3 holds in the artifact bucket',
  },
  { actions: /^lambda:ListFunctions$/, resource: /^\*$/, because: 'knows no resource' },
  { actions: /^codepipeline:PutJob(Success|Failure)Result$/, resource: /^\*$/, because: 'knows no resource' },
];

/** What a statement says about all of something, beyond what is allowed above; a line each. */
export function unexpectedWildcards(policies: readonly EmittedPolicy[]): string[] {
  return policies.flatMap(({ logicalId, statements }) =>
    statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ actions, resources, condition }) =>
        actions.flatMap((action) =>
          resources
            .filter((resource) => action.includes('*') || resource.includes('*'))
            .filter((resource) => !isAllowed(action, resource, condition))
            .map((resource) => `${logicalId}: ${action} on ${resource}`),
        ),
      ),
  );
}

function isAllowed(action: string, resource: string, condition: unknown): boolean {
  if (action.includes('*')) return false;
  const rule = allowed.find((each) => each.actions.test(action) && each.resource.test(resource));
  const narrowed = /kms:(ResourceAliases|EncryptionContext:aws:s3:arn)/.test(JSON.stringify(condition ?? ''));
  return rule !== undefined && (!action.startsWith('kms:') || narrowed);
}
