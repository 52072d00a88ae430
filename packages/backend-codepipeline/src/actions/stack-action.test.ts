import { afterEach, describe, expect, it } from 'vitest';
import { type DeploymentFixture, planOf } from '../fixture/plan.test.fixture.ts';
import { pipelineStatements, removeRendered, renderPlan } from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const prod = { account: '333333333333', region: 'us-east-1' };
const rendered = (deployment: Partial<DeploymentFixture>) =>
  renderPlan(planOf({ deployments: [{ name: 'Prod', stacks: [{ id: 'Api' }], ...deployment }] }));
const role = (what: string, account = '111111111111', region = 'eu-west-1') =>
  `arn:aws:iam::${account}:role/cdk-hnb659fds-${what}-${account}-${region}`;

describe('preparing and executing a stack', () => {
  it('makes a change set and executes just that, as the bootstrap roles', async () => {
    const result = await rendered({ outputs: { Api: ['Url'] } });
    expect(result.action('Prod.Api.Prepare')).toEqual({
      Name: 'Prod.Api.Prepare',
      ActionTypeId: { Category: 'Deploy', Owner: 'AWS', Provider: 'CloudFormation', Version: '1' },
      Configuration: {
        ActionMode: 'CHANGE_SET_REPLACE',
        ChangeSetName: 'cdkpipe',
        StackName: 'Prod-Api',
        TemplatePath: 'Templates::assembly-Prod/ProdApi.template.json',
        Capabilities: 'CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND',
        RoleArn: role('cfn-exec-role'),
      },
      InputArtifacts: [{ Name: 'Templates' }],
      RoleArn: role('deploy-role'),
      RunOrder: 2,
    });
    expect(result.action('Prod.Api.Execute')).toEqual({
      Name: 'Prod.Api.Execute',
      ActionTypeId: { Category: 'Deploy', Owner: 'AWS', Provider: 'CloudFormation', Version: '1' },
      Configuration: { ActionMode: 'CHANGE_SET_EXECUTE', ChangeSetName: 'cdkpipe', StackName: 'Prod-Api' },
      RoleArn: role('deploy-role'),
      RunOrder: 3,
    });
  });

  it('creates or updates in one action where no change set is wanted', async () => {
    const result = await rendered({ changeSet: false });
    expect(result.action('Prod.Api.Prepare')).toBeUndefined();
    expect(result.action('Prod.Api.Execute')).toMatchObject({
      Configuration: {
        ActionMode: 'CREATE_UPDATE',
        StackName: 'Prod-Api',
        TemplatePath: 'Templates::assembly-Prod/ProdApi.template.json',
        Capabilities: 'CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND',
      },
      InputArtifacts: [{ Name: 'Templates' }],
    });
  });

  it('hands on the tags of a stack in a file of the assembly', async () => {
    const result = await rendered({ stacks: [{ id: 'Api', tags: { team: 'a"b' } }, { id: 'Web' }] });
    const { TemplateConfiguration } = result.action('Prod.Api.Prepare').Configuration;
    expect(TemplateConfiguration).toBe('Templates::assembly-Prod/ProdApi.template.json.config.json');
    expect(JSON.parse(result.read('assembly-Prod/ProdApi.template.json.config.json'))).toEqual({
      Tags: { team: 'a"b' },
    });
    expect(result.action('Prod.Web.Prepare').Configuration).not.toHaveProperty('TemplateConfiguration');
  });

  it('hands on the values that the assembly gives to parameters in the same file', async () => {
    const stacks = [{ id: 'Api', tags: { team: 'a' }, parameters: { Size: 'small' } }];
    expect(JSON.parse((await rendered({ stacks })).read('assembly-Prod/ProdApi.template.json.config.json'))).toEqual({
      Parameters: { Size: 'small' },
      Tags: { team: 'a' },
    });
    const untagged = await rendered({ stacks: [{ id: 'Api', parameters: { Size: 'small' } }] });
    expect(untagged.action('Prod.Api.Prepare').Configuration.TemplateConfiguration).toContain('config.json');
    expect(JSON.parse(untagged.read('assembly-Prod/ProdApi.template.json.config.json'))).toEqual({
      Parameters: { Size: 'small' },
    });
  });

  it.each([undefined, false as const])(
    'refuses parameters that nobody gives a value, by their names (change sets: %s)',
    async (changeSet) => {
      const stacks = [{ id: 'Api', openParameters: ['Size', 'Image'] }];
      await expect(rendered({ stacks, ...(changeSet === false ? { changeSet } : {}) })).rejects.toMatchObject({
        code: 'PARAMETER_WITHOUT_VALUE',
        message: expect.stringMatching(/"Prod-Api" has parameters without a default, "Size", "Image"/),
      });
    },
  );

  it('works in the region and with the roles of another environment', async () => {
    const result = await rendered({ env: prod });
    for (const name of ['Prod.Api.Prepare', 'Prod.Api.Execute'])
      expect(result.action(name)).toMatchObject({
        Region: 'us-east-1',
        RoleArn: role('deploy-role', prod.account, prod.region),
      });
  });

  it('lets the pipeline assume exactly the deploy roles', async () => {
    const result = await renderPlan(
      planOf({
        deployments: [
          { name: 'Beta', stacks: [{ id: 'Api' }, { id: 'Web' }] },
          { name: 'Prod', env: prod, stacks: [{ id: 'Api' }] },
        ],
      }),
    );
    const assumed = pipelineStatements(result).filter(({ Action }) => Action.includes('sts:AssumeRole'));
    expect(assumed).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: [role('deploy-role'), role('deploy-role', prod.account, prod.region)],
      },
    ]);
  });

  it('refuses, all at once, stacks without a bootstrap role or with roles that need the CLI, an external ID or session tags', async () => {
    const stacks = [
      { id: 'Api', deployRoleArn: undefined as never },
      { id: 'Web', deployRoleArn: `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/x` },
      { id: 'Far', deployExternalId: 'orders' },
      { id: 'Tagged', deployRoleOptions: ['Tags'] },
    ];
    await expect(rendered({ stacks })).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'DEPLOY_ROLE_MISSING', node: 'Prod/Api:prepare' }),
        expect.objectContaining({ code: 'ROLE_PLACEHOLDER_UNKNOWN', node: 'Prod/Web:prepare' }),
        expect.objectContaining({ code: 'EXTERNAL_ID_UNSUPPORTED', node: 'Prod/Far:prepare' }),
        expect.objectContaining({
          code: 'ROLE_OPTIONS_UNSUPPORTED',
          node: 'Prod/Tagged:prepare',
          fix: expect.stringContaining('`deployRoleAdditionalOptions`'),
        }),
      ]),
    });
  });

  it('says all that is wrong with the role of one stack at once', async () => {
    const stacks = [{ id: 'Api', deployExternalId: 'orders', deployRoleOptions: ['Tags'] }];
    await expect(rendered({ stacks })).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'EXTERNAL_ID_UNSUPPORTED', node: 'Prod/Api:prepare' }),
        expect.objectContaining({ code: 'ROLE_OPTIONS_UNSUPPORTED', node: 'Prod/Api:prepare' }),
      ]),
    });
  });

  it('refuses a stack that would take the place of the pipeline', async () => {
    await expect(rendered({ stacks: [{ id: 'Api', stackName: 'orders-pipeline' }] })).rejects.toMatchObject({
      code: 'STACK_NAME_TAKEN',
    });
    await expect(rendered({ env: prod, stacks: [{ id: 'Api', stackName: 'orders-pipeline' }] })).resolves.toBeDefined();
  });
});
