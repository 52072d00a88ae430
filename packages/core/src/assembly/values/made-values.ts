/** Finds what a template makes that another template can name before it exists. */
import type { ValueKind } from '../../contracts/assembly.ts';
import { parameterName, placed } from './placed-name.ts';
import { spellValue } from './spell-value.ts';
import type { StackTemplate, TemplateResource } from './template.ts';
import { isMacro, transformsOf } from './transforms.ts';

export interface MadeValues {
  /** Place and name of each, as `spellValue` spells them. */
  readonly keys: Readonly<Partial<Record<ValueKind, readonly string[]>>>;
  /** Logical IDs of the outputs. */
  readonly outputs: readonly string[];
  /** What may make more than the template says, for example `a nested stack`; for exports only what makes stacks. */
  readonly hides: { readonly exports?: string; readonly others?: string };
}

/** Resources with a name that an author can choose. Without one, CloudFormation chooses what nobody can foresee. */
const namedResources: Readonly<Record<string, readonly [kind: ValueKind, property: string]>> = {
  'AWS::CloudFormation::Macro': ['macro', 'Name'],
  'AWS::CloudFormation::ModuleVersion': ['resource type', 'ModuleName'],
  'AWS::CloudFormation::ResourceVersion': ['resource type', 'TypeName'],
  'AWS::CloudFormation::TypeActivation': ['resource type', 'TypeName'],
  'AWS::EC2::KeyPair': ['key pair', 'KeyName'],
  'AWS::EC2::SecurityGroup': ['security group', 'GroupName'],
  'AWS::SecretsManager::Secret': ['secret', 'Name'],
  'AWS::SSM::Parameter': ['parameter', 'Name'],
};

export function findMadeValues(stack: StackTemplate): MadeValues {
  const keys: Partial<Record<ValueKind, string[]>> = {};
  const add = (kind: ValueKind, key: string) => {
    const known = keys[kind] ?? [];
    keys[kind] = known;
    known.push(key);
  };
  for (const output of Object.values(stack.template.Outputs ?? {})) {
    const name = (output as { Export?: { Name?: unknown } }).Export?.Name;
    if (name !== undefined) add('export', placed(stack.env, spellValue(name, stack)));
  }
  const resources = Object.values(stack.template.Resources ?? {});
  for (const resource of resources) {
    const [kind, property] = namedResources[resource.Type ?? ''] ?? [];
    const written = property === undefined ? undefined : resource.Properties?.[property];
    if (kind === undefined || written === undefined) continue;
    const name = spellValue(written, stack);
    add(kind, placed(stack.env, kind === 'parameter' ? parameterName(name) : name));
  }
  for (const resource of resources)
    for (const key of writtenInOtherRegion(resource, stack.env.account)) add('parameter', key);
  return { keys, outputs: Object.keys(stack.template.Outputs ?? {}), hides: hiding(stack, resources) };
}

/** What the CDK makes of a reference to a stack with `crossRegionReferences`: parameters in the region that reads them. */
function writtenInOtherRegion({ Type, Properties }: TemplateResource, account: string): string[] {
  const { region, exports } = (Properties?.WriterProps ?? {}) as { region?: unknown; exports?: object };
  if (Type !== 'Custom::CrossRegionExportWriter' || typeof region !== 'string') return [];
  return Object.keys(exports ?? {}).map((name) => placed({ account, region }, parameterName(name)));
}

/** Resources that make stacks, whose templates are not read here. */
const makeStacks: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'a nested stack',
  'AWS::CloudFormation::StackSet': 'a stack set',
  'AWS::Serverless::Application': 'a nested application',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct': 'a provisioned product',
};

/** Custom resources of the CDK, which make nothing that a template could name; the writer's parameters are read above. */
const ofTheCdk: ReadonlySet<string> = new Set([
  'Custom::CDKBucketDeployment',
  'Custom::CrossRegionExportReader',
  'Custom::CrossRegionExportWriter',
  'Custom::CrossRegionStringParameterReader',
  'Custom::ECRAutoDeleteImages',
  'Custom::LogRetention',
  'Custom::S3AutoDeleteObjects',
  'Custom::S3BucketNotifications',
  'Custom::VpcRestrictDefaultSG',
]);

function hiding(stack: StackTemplate, resources: readonly TemplateResource[]): MadeValues['hides'] {
  const macro = transformsOf(stack).find(isMacro);
  const nested = resources.find(({ Type = '' }) => Type in makeStacks)?.Type;
  const exports = macro !== undefined ? 'a macro' : nested !== undefined ? makeStacks[nested] : undefined;
  const custom = resources.find(({ Type = '' }) => isCustom(Type) && !ofTheCdk.has(Type))?.Type;
  const others = exports ?? (custom === undefined ? undefined : `a custom resource (${custom})`);
  return { ...(exports === undefined ? {} : { exports }), ...(others === undefined ? {} : { others }) };
}

/** Resources whose work is anybody's code. */
function isCustom(type: string): boolean {
  return type === 'AWS::CloudFormation::CustomResource' || !/^(AWS|Alexa)::/.test(type);
}
