import { afterEach, describe, expect, it } from 'vitest';
import { home, planOf } from '../fixture/plan.test.fixture.ts';
import {
  type DrawStep,
  manual,
  pipelineStatements,
  removeRendered,
  renderPlan,
  type Template,
} from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const plan = planOf({
  deployments: [
    {
      name: 'Beta',
      stacks: [{ id: 'Orders' }],
      outputs: { Orders: ['Url'] },
      changes: ['Look'],
      approvals: ['Check'],
    },
  ],
});
const url = { $ref: 'output', stack: 'Orders', name: 'Url' } as const;
const onlyFor =
  (name: string, draw: DrawStep): DrawStep =>
  (node, context) =>
    node.name === name ? draw(node, context) : manual;
const approve = (draw: DrawStep) => renderPlan(plan, { drawStep: onlyFor('Beta.Check', draw) });

describe('the context of a renderer', () => {
  it('resolves outputs as the namespace of what executes the stack', async () => {
    const result = await approve((_, context) => ({
      ...manual,
      configuration: { CustomData: `see ${context.output(url)}` },
    }));
    const { Namespace } = result.action('Beta.Orders.Execute');
    expect(result.action('Beta.Check').Configuration.CustomData).toBe(`see #{${Namespace}.Url}`);
  });

  it('refuses an output before its stack was executed', async () => {
    const drawStep = onlyFor('Beta.Look', (_, context) => ({
      ...manual,
      configuration: { CustomData: context.output(url) },
    }));
    await expect(renderPlan(plan, { drawStep })).rejects.toMatchObject({
      code: 'OUTPUT_NOT_READY',
      problems: [{ node: 'Beta/Look:review' }],
    });
  });

  it.each(['a $(b) `c` ${d} "e" \'f\'', 'two\nlines', '# {x}'])('leaves the text %j as it is', async (text) => {
    const result = await approve((_, context) => ({
      ...manual,
      configuration: { CustomData: context.text(text, 'comment') },
    }));
    expect(result.action('Beta.Check').Configuration.CustomData).toBe(text);
  });

  it.each([
    ['#{codepipeline.PipelineExecutionId}', 'TEXT_WOULD_BE_RESOLVED'],
    ['{{resolve:ssm-secure:x}}', 'TEXT_WOULD_BE_RESOLVED'],
    [`\${Token[TOKEN.12]}`, 'TEXT_IS_TOKEN'],
  ])('refuses the text %j, which something would replace', async (text, code) => {
    const drawn = approve((_, context) => ({
      ...manual,
      configuration: { CustomData: context.text(text, 'comment') },
    }));
    await expect(drawn).rejects.toMatchObject({
      code,
      message: expect.stringContaining('"comment"'),
      problems: [{ node: 'Beta/Check:approve', path: 'deployments.Beta' }],
    });
  });

  it('makes roles that only the service may assume, with the statements given', async () => {
    const result = await approve((_, context) => {
      const scope = context.scopeIn(context.pipelineEnv);
      const grants = [{ actions: ['sns:Publish'], resources: ['arn:aws:sns:x'], reason: 'tell' }];
      const { arn } = context.serviceRole(scope, 'Worker', 'lambda.amazonaws.com', grants);
      return { ...manual, configuration: { CustomData: arn } };
    });
    expect(result.resource('AWS::IAM::Role', 'BetaCheck')).toEqual({
      Description: 'Works for "Beta/Check:approve"',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } },
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'cdkpipe',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: ['sns:Publish'], Resource: ['arn:aws:sns:x'] }],
          },
        },
      ],
    });
    const [, role] =
      Object.entries<Template>(result.template().Resources).find(([id]) => id.startsWith('BetaCheck')) ?? [];
    expect(role.Metadata).toEqual({ 'cdkpipe:reasons': ['tell'] });
  });

  it('gives each node one construct of its own in each environment', async () => {
    const elsewhere = { account: home.account, region: 'us-east-1' };
    const result = await approve((_, context) => {
      const [first, again] = [context.scopeIn(home), context.scopeIn(home)];
      expect(again).toBe(first);
      const other = context.scopeIn(elsewhere);
      expect(other).not.toBe(first);
      return { ...manual, configuration: { CustomData: other.node.path } };
    });
    expect(result.action('Beta.Check').Configuration.CustomData).toMatch(/^orders-pipeline-support-us-east-1\//);
  });

  it('has what an action is granted end up in the role of the pipeline', async () => {
    const grants = [{ actions: ['sns:Publish'], resources: ['arn:aws:sns:topic'], reason: 'tell' }];
    const result = await approve(() => ({ ...manual, timeout: 60, grants }));
    expect(pipelineStatements(result)).toContainEqual({
      Effect: 'Allow',
      Action: ['sns:Publish'],
      Resource: ['arn:aws:sns:topic'],
    });
    expect(result.action('Beta.Check')).toEqual({
      Name: 'Beta.Check',
      ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' },
      Configuration: {},
      RunOrder: 7,
      TimeoutInMinutes: 60,
    });
  });

  it.each([
    [undefined, 'action'],
    [{ ...manual, category: 'Nonsense' }, 'category'],
    [{ ...manual, inputs: 'Source' }, 'inputs'],
    [{ ...manual, colour: 'red' }, 'colour'],
  ])('reports %j as the fault of the plugin that drew it', async (drawn, part) => {
    await expect(approve(() => drawn)).rejects.toMatchObject({
      source: 'plugin',
      code: 'ACTION_INVALID',
      message: expect.stringContaining(part),
    });
  });
});
