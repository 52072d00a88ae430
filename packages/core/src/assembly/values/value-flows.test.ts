import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CfnOutput,
  CfnParameter,
  CfnResource,
  CfnStack,
  CrossStackReferences,
  CustomResource,
  Fn,
  ReferenceStrength,
  SecretValue,
  Stack,
  type StackProps,
  type Stage,
} from 'aws-cdk-lib';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { withDeployment } from '../../modelling/definition.test.fixture.ts';
import { buildIn } from '../build-assembly.test.fixture.ts';

type Build = (data: Stack, api: Stack, stage: Stage) => void;
interface Props {
  readonly data?: StackProps;
  readonly api?: StackProps;
  readonly order?: string[][];
}

/** What `Api` takes from other stacks, in a deployment with `Data`. */
async function takenBy(build: Build, { data: ofData = {}, api: ofApi = {}, order }: Props = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-values-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const stacks = (stage: Stage) => {
    const [data, api] = [new Stack(stage, 'Data', ofData), new Stack(stage, 'Api', ofApi)];
    for (const stack of [data, api]) new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    build(data, api, stage);
  };
  const { assembly } = await buildIn(directory, withDeployment({ stacks, ...(order ? { order } : {}) }));
  const found = assembly.deployments[0]?.stacks.find(({ id }) => id === 'Api');
  return { imports: found?.imports, dependencies: found?.dependencies };
}

const topicOf = (stack: Stack) => (stack.node.findChild('Topic') as CfnResource).ref;
const use = (stack: Stack, value: string) =>
  new CfnResource(stack, 'Use', { type: 'AWS::SNS::Subscription', properties: { Endpoint: value } });
const parameter = (stack: Stack, name: string) =>
  new StringParameter(stack, 'Parameter', { parameterName: name, stringValue: 'x', simpleName: false });
const custom = (stack: Stack, type = 'Custom::Key') =>
  new CustomResource(stack, 'Key', {
    serviceToken: 'arn:aws:lambda:eu-west-1:222222222222:function:key',
    resourceType: type,
  });

describe('a stack needs before its change set is created', () => {
  test('an export, by a reference of the CDK', async () => {
    const { imports } = await takenBy((data, api) => use(api, topicOf(data)));
    expect(imports).toEqual([
      {
        stack: 'Data',
        kind: 'export',
        readAt: 'prepare',
        value: expect.stringMatching(/^Beta-Data:ExportsOutputRefTopic/),
      },
    ]);
  });

  test('an export whose name is put together, without a dependency of the CDK', async () => {
    const { imports, dependencies } = await takenBy((data, api) => {
      new CfnOutput(data, 'Out', { value: 'x', exportName: Fn.sub('${AWS::StackName}-${AWS::Region}') });
      use(api, Fn.importValue(Fn.join('-', ['Beta-Data', 'eu-west-1'])));
    });
    expect(imports).toEqual([{ stack: 'Data', kind: 'export', readAt: 'prepare', value: 'Beta-Data-eu-west-1' }]);
    expect(dependencies).toEqual(['Data']);
  });

  test('a parameter that `crossRegionReferences` writes into its region', async () => {
    const props = { crossRegionReferences: true };
    const { imports } = await takenBy((data, api) => use(api, topicOf(data)), {
      data: { ...props, env: { account: '222222222222', region: 'us-east-1' } },
      api: props,
    });
    expect(imports).toEqual([
      {
        stack: 'Data',
        kind: 'parameter',
        readAt: 'prepare',
        value: expect.stringMatching(/^\/cdk\/exports\/Beta-Api\//),
      },
    ]);
  });

  test.each<[string, Build]>([
    [
      'by the type of a template parameter',
      (_, api) => use(api, StringParameter.valueForStringParameter(api, '/app/key')),
    ],
    [
      'by the name of a template parameter',
      (_, api) => {
        new CfnParameter(api, 'Name', { type: 'AWS::SSM::Parameter::Name', default: '/app/key' });
      },
    ],
    ['by a dynamic reference', (_, api) => use(api, '{{resolve:ssm:/app/key:1}}')],
    [
      'by a dynamic reference to its ARN',
      (_, api) => use(api, '{{resolve:ssm:arn:aws:ssm:eu-west-1:222222222222:parameter/app/key}}'),
    ],
    [
      'by a secure dynamic reference in the middle of a text',
      (_, api) => use(api, Fn.sub('a{{resolve:ssm-secure:/app/key}}b')),
    ],
    [
      'by a dynamic reference that is put together',
      (_, api) => use(api, Fn.join('', ['{{resolve:ssm:/', 'app', '/key}}', api.region])),
    ],
  ])('a parameter of Systems Manager, %s', async (_title, build) => {
    const { imports, dependencies } = await takenBy((data, api, stage) => {
      parameter(data, '/app/key');
      build(data, api, stage);
    });
    expect(imports).toEqual([expect.objectContaining({ stack: 'Data', kind: 'parameter', readAt: 'prepare' })]);
    expect(imports?.[0]).not.toHaveProperty('doubt');
    expect(dependencies).toEqual(['Data']);
  });

  test.each(['prod/db', 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:prod/db-AbCdEf'])(
    'the secret %s',
    async (id) => {
      const { imports } = await takenBy((data, api) => {
        new Secret(data, 'Secret', { secretName: 'prod/db' });
        use(api, SecretValue.secretsManager(id, { jsonField: 'password' }).unsafeUnwrap());
      });
      expect(imports).toEqual([{ stack: 'Data', kind: 'secret', readAt: 'prepare', value: 'prod/db' }]);
    },
  );

  test('a secret by the parameter that stands for it', async () => {
    const { imports } = await takenBy((data, api) => {
      new CfnSecret(data, 'Secret', { name: 'prod/db' });
      use(api, '{{resolve:ssm-secure:/aws/reference/secretsmanager/prod/db}}');
    });
    expect(imports).toEqual([{ stack: 'Data', kind: 'secret', readAt: 'prepare', value: 'prod/db' }]);
  });

  test('the key pair of a template parameter', async () => {
    const { imports } = await takenBy((data, api) => {
      new CfnResource(data, 'Pair', { type: 'AWS::EC2::KeyPair', properties: { KeyName: 'ops' } });
      new CfnParameter(api, 'Key', { type: 'AWS::EC2::KeyPair::KeyName', default: 'ops' });
    });
    expect(imports).toEqual([{ stack: 'Data', kind: 'key pair', readAt: 'prepare', value: 'ops' }]);
  });

  test('a macro, a module and a resource type', async () => {
    const { imports } = await takenBy((data, api) => {
      const registered = (id: string, type: string, properties: object) =>
        new CfnResource(data, id, { type: `AWS::CloudFormation::${type}`, properties: { ...properties } });
      registered('Macro', 'Macro', { Name: 'Shorthand', FunctionName: 'x' });
      registered('Module', 'ModuleVersion', { ModuleName: 'Acme::S3::Safe::MODULE', ModulePackage: 's3://x/y' });
      registered('Type', 'TypeActivation', { TypeName: 'Acme::Pager::Rota' });
      api.addTransform('Shorthand');
      for (const [id, type] of Object.entries({ A: 'Acme::S3::Safe::MODULE', B: 'Acme::Pager::Rota' }))
        new CfnResource(api, id, { type });
    });
    expect(imports?.filter(({ doubt }) => doubt === undefined).map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'macro Shorthand',
      'resource type Acme::S3::Safe::MODULE',
      'resource type Acme::Pager::Rota',
    ]);
  });
});

describe('a stack that executes before may make what another names, so that it counts', () => {
  const reading: Build = (data, api) => {
    use(api, '{{resolve:ssm:/app/key}}');
    api.addStackDependency(data);
  };

  test.each<[string, Build]>([
    ['a custom resource (Custom::Key) may make it', (data) => custom(data)],
    [
      'a nested stack may make it',
      (data) => new CfnStack(data, 'Nested', { templateUrl: 'https://example.org/x.json' }),
    ],
    ['a macro may make it', (data) => data.addTransform('Shorthand')],
    ['only CloudFormation knows the whole name', (data) => parameter(data, Fn.join('', ['/app/', topicOf(data)]))],
  ])('where %s', async (doubt, build) => {
    const { imports } = await takenBy((data, api, stage) => {
      build(data, api, stage);
      reading(data, api, stage);
    });
    expect(imports).toEqual([{ stack: 'Data', kind: 'parameter', readAt: 'prepare', value: '/app/key', doubt }]);
  });

  test('where only `order` puts it before', async () => {
    const build: Build = (data, api) => {
      custom(data);
      use(api, '{{resolve:ssm:/app/key}}');
    };
    expect((await takenBy(build)).imports).toEqual([]);
    expect((await takenBy(build, { order: [['Data', 'Api']] })).imports).toHaveLength(1);
  });

  test('where it is before by way of a third', async () => {
    const { imports } = await takenBy((data, api, stage) => {
      const middle = new Stack(stage, 'Middle');
      new CfnResource(middle, 'Topic', { type: 'AWS::SNS::Topic' });
      custom(data);
      middle.addStackDependency(data);
      api.addStackDependency(middle);
      use(api, '{{resolve:ssm:/app/key}}');
    });
    expect(imports).toEqual([expect.objectContaining({ stack: 'Data' })]);
  });

  test('where a macro of the other stack may read anything', async () => {
    const { imports } = await takenBy((data, api) => {
      api.addTransform('Shorthand');
      api.addStackDependency(data);
    });
    expect(imports).toEqual([
      expect.objectContaining({
        stack: 'Data',
        kind: 'macro',
        value: 'what Shorthand reads',
        doubt: expect.anything(),
      }),
    ]);
  });
});

describe('nothing flows before the change set is created', () => {
  test.each<[string, Build]>([
    ['from a stack that is only a dependency', () => {}],
    [
      'by the version of the bootstrap stack and by parameters of AWS, whatever the other stack has',
      (data, api) => {
        custom(data);
        use(api, '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}');
      },
    ],
    [
      'by a parameter of another name',
      (data, api) => {
        parameter(data, '/app/other');
        use(api, '{{resolve:ssm:/app/key}}');
      },
    ],
    [
      'by a parameter whose name cannot become this one',
      (data, api) => {
        parameter(data, Fn.join('', ['/lib/', topicOf(data)]));
        use(api, '{{resolve:ssm:/app/key}}');
      },
    ],
    [
      'from custom resources of the CDK',
      (data, api) => {
        custom(data, 'Custom::S3AutoDeleteObjects');
        use(api, '{{resolve:ssm:/app/key}}');
      },
    ],
    [
      'by an export that no stack here makes',
      (data, api) => {
        custom(data);
        use(api, Fn.importValue('shared-vpc'));
      },
    ],
    [
      'by a secret of its own',
      (data, api) => {
        custom(data);
        use(api, new Secret(api, 'Own').secretValueFromJson('password').unsafeUnwrap());
      },
    ],
    [
      'by a secret whose ARN its own template puts together from an ARN',
      (data, api) => {
        custom(data);
        use(
          api,
          `{{resolve:secretsmanager:${Fn.select(6, Fn.split(':', new CfnSecret(api, 'Own').ref))}:SecretString:x::}}`,
        );
      },
    ],
    [
      'by a parameter that it makes itself',
      (data, api) => {
        custom(data);
        parameter(api, '/app/key');
        use(api, '{{resolve:ssm:/app/key}}');
      },
    ],
    [
      'by templates of its nested stacks',
      (data, api) => {
        custom(data);
        new CfnStack(api, 'Nested', { templateUrl: 'https://example.org/x.json' });
      },
    ],
    [
      'by a transform that AWS provides',
      (data, api) => {
        custom(data);
        api.addTransform('AWS::LanguageExtensions');
      },
    ],
  ])('%s', async (_title, build) => {
    const { imports, dependencies } = await takenBy((data, api, stage) => {
      build(data, api, stage);
      api.addStackDependency(data);
    });
    expect(imports).toEqual([]);
    expect(dependencies).toEqual(['Data']);
  });
});

describe('a weak reference', () => {
  const weakly: Build = (data, api) => {
    CrossStackReferences.of(data.node.findChild('Topic')).produce(ReferenceStrength.WEAK);
    use(api, topicOf(data));
  };
  const late = { stack: 'Data', kind: 'output', readAt: 'execute', value: expect.stringContaining('Topic') };

  test.each<[string, Props]>([
    ['in one account and region', {}],
    ['in another region', { data: { env: { account: '222222222222', region: 'us-east-1' } } }],
    // The CDK makes no dependency of it.
    ['in another account', { data: { env: { account: '333333333333', region: 'us-east-1' } } }],
  ])('%s is read while the change set executes, behind the other stack', async (_title, props) => {
    expect(await takenBy(weakly, props)).toEqual({ imports: [late], dependencies: ['Data'] });
  });

  test('is not taken for one to a stack of the same name elsewhere', async () => {
    const elsewhere = { env: { account: '222222222222', region: 'us-east-1' }, stackName: 'shared' };
    const read = (region: string) =>
      takenBy((_, api) => use(api, Fn.getStackOutput('shared', 'Url', region)), { data: elsewhere });
    expect((await read('us-east-1')).imports).toEqual([{ ...late, value: 'Url' }]);
    expect((await read('eu-west-1')).imports).toEqual([]);
  });
});
