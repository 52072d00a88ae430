/** Roles and resources of a deployed pipeline by what they are for, to say who may not do what to which. */
import type { Life } from '../calls/life-call.test.fixture.ts';
import type { DeployedResource, Env, Json } from '../cloud/template.test.fixture.ts';

export interface Member {
  readonly resource: DeployedResource;
  readonly env: Env;
  /** ARN of the role that it works with. */
  readonly role: string;
  readonly arn: string;
}

/** `resource` with the account and region it is in. */
type Made = DeployedResource & { readonly stack: { readonly name: string; readonly env: Env } };

export interface World {
  readonly life: Life;
  /** ARNs of all roles in stacks of the pipeline. */
  readonly roles: readonly string[];
  readonly build: readonly Member[];
  readonly steps: readonly Member[];
  readonly publishers: readonly Member[];
  readonly updaters: readonly Member[];
  readonly reviewers: readonly Member[];
  readonly passers: readonly Member[];
  readonly windows: readonly Member[];
  /** Functions of `lambda` steps. */
  readonly handlers: readonly Member[];
  /** ARNs of roles that actions in other accounts have. */
  readonly actionRoles: readonly string[];
  /** ARNs of roles of EventBridge and of its scheduler. */
  readonly triggerRoles: readonly string[];
  readonly scheduleRoles: readonly string[];
  /** ARNs of the manual approvals. */
  readonly approvals: readonly string[];
  /** Artifact buckets of the pipeline's own. */
  readonly buckets: readonly DeployedResource[];
  readonly keys: readonly string[];
  /** ARNs of bootstrap roles: `deploy`, `file-publishing`, `image-publishing`, `lookup`, `cfn-exec`. */
  bootstrapRoles(kind: string): readonly string[];
  all(type: string): readonly Made[];
}

export function worldOf(life: Life, ownStacks: ReadonlySet<string>): World {
  const { cloud, pipeline } = life;
  const all = (type: string) => cloud.all(type).filter(({ stack }) => ownStacks.has(stack.name));
  const roles = all('AWS::IAM::Role').map(({ names }) => names.arn ?? '');
  const own = new Set(roles);
  const members = (type: string, property: string): Member[] =>
    all(type)
      .filter(({ properties }) => own.has(properties[property]))
      .map((resource) => ({
        resource,
        env: resource.stack.env,
        role: resource.properties[property],
        arn: resource.names.arn ?? '',
      }));
  const projects = members('AWS::CodeBuild::Project', 'ServiceRole');
  const functions = members('AWS::Lambda::Function', 'Role');
  const kindOf = new Map(projects.map((project) => [project, projectKind(project, pipeline.properties)]));
  const ofKind = (kind: string) => projects.filter((project) => kindOf.get(project) === kind);
  const ofFunction = (kind: string) => functions.filter((fn) => functionKind(fn) === kind);
  const trusting = (principal: RegExp) =>
    all('AWS::IAM::Role')
      .filter(({ properties }) => principal.test(JSON.stringify(properties.AssumeRolePolicyDocument)))
      .map(({ names }) => names.arn ?? '');
  return {
    life,
    roles,
    build: ofKind('build'),
    steps: ofKind('step'),
    publishers: ofKind('publisher'),
    updaters: ofKind('updater'),
    reviewers: ofFunction('review'),
    passers: ofFunction('pass'),
    windows: ofFunction('window'),
    handlers: ofFunction('handler'),
    actionRoles: trusting(/"AWS":/),
    triggerRoles: trusting(/events\.amazonaws\.com/),
    scheduleRoles: trusting(/scheduler\.amazonaws\.com/),
    approvals: approvalsIn(pipeline.properties, pipeline.arn),
    buckets: all('AWS::S3::Bucket').filter(({ properties }) => properties.VersioningConfiguration),
    keys: all('AWS::KMS::Key').map(({ names }) => names.arn ?? ''),
    bootstrapRoles: (kind) =>
      cloud
        .all('AWS::IAM::Role')
        .filter(({ stack, names }) => stack.name === 'CDKToolkit' && names.ref.includes(`-${kind}-role-`))
        .map(({ names }) => names.arn ?? ''),
    all,
  };
}

function projectKind({ resource }: Member, pipeline: Json): string {
  const variables = JSON.stringify(resource.properties.Environment.EnvironmentVariables ?? []);
  if (variables.includes('"CDKPIPE_STACK"')) return 'updater';
  if (variables.includes('"CDKPIPE_CONCURRENCY"')) return 'publisher';
  const actions: Json[] = pipeline.Stages.flatMap(({ Actions }: Json) => Actions);
  const runs = actions.filter(({ Configuration }) => Configuration?.ProjectName === resource.names.ref);
  return runs.some(({ OutputArtifacts }) => OutputArtifacts?.some(({ Name }: Json) => Name === 'Assembly'))
    ? 'build'
    : 'step';
}

function functionKind({ resource: { properties } }: Member): string {
  if (properties.Environment?.Variables?.CDKPIPE_WINDOW) return 'window';
  return { 'index.review': 'review', 'index.pass': 'pass' }[properties.Handler as string] ?? 'handler';
}

function approvalsIn(pipeline: Json, arn: string): string[] {
  return pipeline.Stages.flatMap((stage: Json) =>
    stage.Actions.filter(({ ActionTypeId }: Json) => ActionTypeId.Category === 'Approval').map(
      (action: Json) => `${arn}/${stage.Name}/${action.Name}`,
    ),
  );
}
