import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPropertyInjector, PermissionsBoundary, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import { Role, type RoleProps, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { stageClass } from '../definition/stage-class.ts';
import { beta, problemsOf, withDeployment } from '../modelling/definition.test.fixture.ts';
import { buildIn } from './build-assembly.test.fixture.ts';

interface OrdersProps extends StageProps {
  readonly size: string;
}

class OrdersStage extends Stage {
  constructor(scope: Construct, id: string, props: OrdersProps) {
    super(scope, id, props);
    new Stack(this, 'Orders', { tags: { size: props.size } });
  }
}

class PlainStage extends Stage {
  constructor(scope: Construct, id: string, props?: StageProps) {
    super(scope, id, props);
    new Stack(this, 'Plain');
  }
}

const build = (stacks: unknown) =>
  buildIn(mkdtempSync(join(tmpdir(), 'cdkpipe-stage-class-')), withDeployment({ stacks }));

test('the class is constructed with the name and environment of the deployment, and with its props', async () => {
  const { assembly } = await build(stageClass(OrdersStage, { props: { size: 'large' } }));
  expect(assembly.deployments[0]?.stacks).toMatchObject([
    { id: 'Orders', stackName: 'Beta-Orders', env: beta, tags: { size: 'large' } },
  ]);
});

test('`stageName` is a prop like any other, and decides the names of the stacks', async () => {
  const { assembly } = await build(stageClass(OrdersStage, { props: { size: 'small', stageName: 'live' } }));
  expect(assembly.deployments[0]?.stacks).toMatchObject([{ id: 'Orders', stackName: 'live-Orders' }]);
});

const boundaryOf = (template: unknown) =>
  JSON.stringify(template).match(/"PermissionsBoundary":\{"Fn::Join":\["",\[.*?"(:[^"]*)"\]\]\}/)?.[1];

class Tagger implements IPropertyInjector {
  readonly constructUniqueId = Role.PROPERTY_INJECTION_ID;
  inject(props: RoleProps): RoleProps {
    return { ...props, description: 'injected' };
  }
}

const addRole = (stage: Stage) => {
  new Role(new Stack(stage, 'Orders'), 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
};

class RoleStage extends Stage {
  constructor(scope: Construct, id: string, props?: StageProps) {
    super(scope, id, props);
    addRole(this);
  }
}

const stageProps = {
  permissionsBoundary: PermissionsBoundary.fromName('developers'),
  propertyInjectors: [new Tagger()],
};

test.each([
  ['a function gets', { stacks: addRole, stageProps }],
  ['a class passes on', { stacks: stageClass(RoleStage, { props: stageProps }) }],
])('%s a permissions boundary and property injectors', async (_, change) => {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-stage-props-'));
  const { app } = await buildIn(directory, withDeployment(change));
  const template = app.synth().getNestedAssembly('assembly-Beta').stacks[0]?.template;
  expect(boundaryOf(template)).toBe(':iam::222222222222:policy/developers');
  expect(Object.values(template.Resources)[0]).toMatchObject({ Properties: { Description: 'injected' } });
});

test('a permissions boundary in the context holds for every stage, as in `cdk.json`', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-stage-props-'));
  const context = { '@aws-cdk/core:permissionsBoundary': { name: 'everybody' } };
  const { app } = await buildIn(directory, withDeployment({ stacks: addRole }), { context });
  const template = app.synth().getNestedAssembly('assembly-Beta').stacks[0]?.template;
  expect(boundaryOf(template)).toBe(':iam::222222222222:policy/everybody');
});

test.each([
  [{ stacks: stageClass(RoleStage) }, 'its stage is constructed by a class'],
  [{ stacks: undefined, assembly: 'built' }, 'constructs no stage'],
])('`stageProps` beside %j are refused', async (change, reason) => {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-stage-props-'));
  const problems = await problemsOf(() =>
    buildIn(directory, withDeployment({ stageProps: { stageName: 'x' }, ...change })),
  );
  expect(problems).toMatchObject([
    {
      code: 'STAGE_PROPS_UNUSED',
      message: `the deployment "Beta" has \`stageProps\`, but ${reason}`,
      path: 'waves[0].deployments[0].stageProps',
    },
  ]);
});

test('an unknown key of `stageProps` is refused with the near misses', async () => {
  const change = { stageProps: { permissionBoundary: 1 } };
  expect(await problemsOf(() => buildIn(mkdtempSync(join(tmpdir(), 'x-')), withDeployment(change)))).toMatchObject([
    { path: 'waves[0].deployments[0].stageProps.permissionBoundary', fix: 'did you mean "permissionsBoundary"?' },
  ]);
});

test('a class that requires no props needs no options', async () => {
  const { assembly } = await build(stageClass(PlainStage));
  expect(assembly.deployments[0]?.stacks).toMatchObject([{ id: 'Plain', env: beta }]);
});

test('an environment among the props is not the one that counts', async () => {
  const props = { size: 'large', env: { account: '999999999999', region: 'us-east-1' } };
  const { assembly } = await build(stageClass(OrdersStage, { props }));
  expect(assembly.deployments[0]?.stacks).toMatchObject([{ env: beta }]);
});

test('the compiler requires the props that the class requires', () => {
  // @ts-expect-error `size` is missing
  const withoutSize = () => stageClass(OrdersStage, { props: {} });
  // @ts-expect-error the options are missing
  const withoutOptions = () => stageClass(OrdersStage);
  expect([withoutSize, withoutOptions]).toHaveLength(2);
});

test('a class that is no Stage, or that ignores the scope or ID it is given, is refused', async () => {
  class Elsewhere extends Stage {
    constructor(scope: Construct, _: string, props: StageProps) {
      super(scope, 'Fixed', props);
    }
  }
  class NoStage {}
  for (const Class of [Elsewhere, NoStage])
    expect(await problemsOf(() => build(stageClass(Class as never)))).toMatchObject([
      { code: 'STAGE_CLASS_INVALID', path: 'waves[0].deployments[0].stacks' },
    ]);
});

test('stacks that are never built end with the name of the deployment', async () => {
  const problems = await problemsOf(() =>
    buildIn(
      mkdtempSync(join(tmpdir(), 'cdkpipe-stage-class-')),
      withDeployment({ stacks: () => new Promise(() => {}) }),
      { stacksTimeoutMs: 50 },
    ),
  );
  expect(problems).toMatchObject([
    { code: 'STACKS_TIMED_OUT', path: 'waves[0].deployments[0].stacks', message: expect.stringContaining('"Beta"') },
  ]);
});

test('what cannot even be described may be thrown', async () => {
  const mute = new Proxy(new Error('x'), {
    get: () => {
      throw new Error('mute');
    },
    getPrototypeOf: () => {
      throw new Error('mute');
    },
    has: () => true,
  });
  const problems = await problemsOf(() =>
    build(() => {
      throw mute;
    }),
  );
  expect(problems).toMatchObject([{ code: 'STACKS_FAILED', message: expect.stringContaining('cannot be shown') }]);
});
