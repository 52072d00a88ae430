/** What holds for stacks, trust and policies, wherever deployments and steps are. */
import { type Environment, environmentName } from '@cdkpipe/core';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { home, planOf } from '../fixture/plan.test.fixture.ts';
import {
  type DrawStep,
  manual,
  type RenderedFiles,
  removeRendered,
  renderPlan,
  type Template,
} from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const environments = fc.record({
  account: fc.constantFrom('111111111111', '222222222222', '333333333333'),
  region: fc.constantFrom('eu-west-1', 'us-east-1', 'ap-south-1'),
});
interface Placed {
  readonly env: Environment;
  readonly runIn: Environment;
  /** Whether the step reads artifacts, as a build does, or none, as a function does. */
  readonly build: boolean;
}
const placements: fc.Arbitrary<Placed[]> = fc.array(
  fc.record({ env: environments, runIn: environments, build: fc.boolean() }),
  { minLength: 1, maxLength: 4 },
);

const role = (what: string, { account, region }: Environment) =>
  `arn:aws:iam::${account}:role/cdk-hnb659fds-${what}-role-${account}-${region}`;
const isForeign = ({ account }: Environment) => account !== home.account;
const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort();

function render(placed: readonly Placed[]): Promise<RenderedFiles> {
  const runIn = Object.fromEntries(placed.map((each, index) => [`D${index}/Check`, each.runIn]));
  const deployments = placed.map(({ env }, index) => ({
    name: `D${index}`,
    env,
    stacks: [{ id: 'Api' }],
    approvals: ['Check'],
  }));
  const drawStep: DrawStep = (node, context) => {
    if (placed[Number(node.name.slice(1, 2))]?.build)
      return context.codeBuild({ category: 'Test', commands: ['true'] });
    const invoke = { actions: ['lambda:InvokeFunction'], resources: ['arn:aws:lambda:x'], reason: 'call it' };
    return { ...manual, ...context.workIn(context.env, [invoke]) };
  };
  return renderPlan(planOf({ deployments, runIn }), { drawStep });
}

interface OwnStack {
  readonly id: string;
  readonly env: Environment;
  readonly dependencies: readonly string[];
  readonly template: Template;
}

function stacksOf(result: RenderedFiles): OwnStack[] {
  const { artifacts } = JSON.parse(result.read('manifest.json'));
  const stacks = Object.entries<Template>(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return stacks.map(([id, { environment, dependencies = [] }]) => {
    const [account = '', region = ''] = environment.replace('aws://', '').split('/');
    return { id, env: { account, region }, dependencies, template: result.template(id) };
  });
}

const resourcesIn = ({ template }: OwnStack, type: string): Template[] =>
  Object.values<Template>(template.Resources).filter(({ Type }) => Type === type);
const rolesIn = (stack: OwnStack): Template[] =>
  resourcesIn(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties);
const isActionRole = (each: Template) => 'AWS' in each.AssumeRolePolicyDocument.Statement[0].Principal;
const arnIn = ({ env }: OwnStack, { RoleName }: Template) => `arn:aws:iam::${env.account}:role/${RoleName}`;

/** Roles of other stacks that a policy lets in to read, each by its own name. */
function readersIn(document: Template): string[] {
  const reads = ({ Effect, Action }: Template) =>
    Effect === 'Allow' && Action !== 'kms:*' && !Action.includes('s3:PutObject');
  return document.Statement.filter(reads).flatMap(({ Principal, Condition }: Template) => {
    const named: string[] = Condition?.ArnEquals?.['aws:PrincipalArn'] ?? Principal.AWS;
    if (Condition?.ArnEquals) {
      const accounts = named.map((arn) => arn.split(':')[4]);
      expect(sorted(Principal.AWS)).toEqual(sorted(accounts.map((account) => `arn:aws:iam::${account}:root`)));
    }
    // A role of the stack itself is a reference.
    return [named].flat().filter((role) => typeof role === 'string');
  });
}

/** Roles that the roles given may take on. */
function assumedBy(roles: readonly Template[]): string[] {
  const statements = roles
    .flatMap(({ Policies = [] }) => Policies)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  return sorted(statements.flatMap(({ Action, Resource }) => (Action.includes('sts:AssumeRole') ? Resource : [])));
}

it('stacks need no order but the one, and roles and policies name exactly who is needed', async () => {
  await fc.assert(
    fc.asyncProperty(placements, async (placed) => {
      const result = await render(placed);
      const stacks = stacksOf(result);
      const pipeline = stacks.find(({ id }) => id === 'orders-pipeline');
      const updater = stacks.find(({ id }) => id === 'orders-pipeline-update');
      if (!pipeline || !updater) throw new Error('no pipeline stack, or none for its update');
      const support = stacks.filter((stack) => stack !== pipeline && stack !== updater);
      expect(result.inspection.problems).toEqual([]);

      // One support stack for each environment in use; only the pipeline's needs them, and each the role of the update.
      expect(new Set(support.map(({ env }) => environmentName(env))).size).toBe(support.length);
      expect(sorted(pipeline.dependencies)).toEqual(
        sorted([...support.map(({ id }) => id), updater.id, 'orders-pipeline.assets']),
      );
      for (const { id, dependencies, template } of support) {
        expect(sorted(dependencies)).toEqual(sorted([`${id}.assets`, updater.id]));
        expect(template.Outputs).toBeUndefined();
        expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
      }

      // Services may act for the account of the stack alone; an action's role trusts the pipeline's, and nobody else.
      const [own] = rolesIn(pipeline).filter(({ RoleName }) => RoleName !== undefined);
      const actionRoles = support.flatMap((stack) =>
        rolesIn(stack)
          .filter(isActionRole)
          .map((each) => arnIn(stack, each)),
      );
      for (const stack of stacks)
        for (const { AssumeRolePolicyDocument } of rolesIn(stack)) {
          const [{ Principal, Condition }, ...more] = AssumeRolePolicyDocument.Statement;
          expect(more).toEqual([]);
          if ('AWS' in Principal) {
            expect(isForeign(stack.env)).toBe(true);
            expect(Principal.AWS).toBe(`arn:aws:iam::${home.account}:root`);
            expect(Condition).toEqual({ ArnEquals: { 'aws:PrincipalArn': arnIn(pipeline, own) } });
          } else expect(JSON.stringify(Condition)).toContain(`"aws:SourceAccount":"${stack.env.account}"`);
        }
      expect(actionRoles).toHaveLength(placed.filter(({ runIn }) => isForeign(runIn)).length);
      expect(new Set(actionRoles).size).toBe(actionRoles.length);

      // The pipeline takes on deploy roles and those of its actions, the self-update those that deploy its stacks.
      expect(assumedBy([own])).toEqual(sorted([...placed.map(({ env }) => role('deploy', env)), ...actionRoles]));
      const update = rolesIn(updater);
      expect(assumedBy(update)).toEqual(
        sorted(stacks.flatMap(({ env }) => [role('deploy', env), role('file-publishing', env)])),
      );

      // Buckets and keys let in the deploy roles of their region, and the projects of other accounts that read inputs there.
      const buckets = stacks.filter((stack) => resourcesIn(stack, 'AWS::S3::Bucket').length > 0);
      const regions = [home, ...placed.flatMap(({ env, runIn }) => [env, runIn])].map(({ region }) => region);
      expect(sorted(buckets.map(({ env }) => env.region))).toEqual(sorted(regions));
      for (const bucket of buckets) {
        expect(bucket.env.account).toBe(home.account);
        const here = ({ region }: Environment) => region === bucket.env.region;
        const deploying = placed.filter(({ env }) => here(env)).map(({ env }) => role('deploy', env));
        const building = support
          .filter(({ env }) => here(env) && isForeign(env))
          .flatMap((stack) =>
            rolesIn(stack)
              .filter((each) => !isActionRole(each))
              .map((each) => arnIn(stack, each)),
          );
        // Steps of one place that do the same share their project.
        const builds = placed.filter(({ runIn, build }) => build && here(runIn) && isForeign(runIn));
        expect(building).toHaveLength(new Set(builds.map(({ runIn }) => environmentName(runIn))).size);
        const policy = bucket.template.Resources.ArtifactsPolicy;
        expect(sorted(readersIn(policy.Properties.PolicyDocument))).toEqual(sorted([...deploying, ...building]));
        const [key] = resourcesIn(bucket, 'AWS::KMS::Key');
        const foreign = [...deploying, ...building].filter((arn) => !arn.includes(`::${home.account}:`));
        if (foreign.length > 0) expect(key).toBeDefined();
        if (key) {
          const readers = readersIn(key.Properties.KeyPolicy);
          expect(readers.filter((arn) => !arn.includes(`::${home.account}:`)).sort()).toEqual(sorted(foreign));
        }
      }
    }),
    { numRuns: 15 },
  );
});
