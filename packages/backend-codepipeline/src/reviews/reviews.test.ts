import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import { type DeploymentFixture, home, planOf } from '../fixture/plan.test.fixture.ts';
import {
  type DrawStep,
  manual,
  pipelineStatements,
  type RenderedFiles,
  type RenderOptions,
  removeRendered,
  renderPlan,
  roleStatements,
  type Template,
} from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const stacks = [{ id: 'Data' }, { id: 'Api' }];
const prod = { account: '333333333333', region: 'us-east-1' };
const beta: DeploymentFixture = { name: 'Beta', stacks, changes: ['Look'] };
const render = (fixture: Partial<DeploymentFixture> = {}, options: RenderOptions = {}) =>
  renderPlan(planOf({ deployments: [{ ...beta, ...fixture }] }), options);
/** Draws reviews as `draw` says, everything else as a plain approval. */
const reviewedAs =
  (draw: DrawStep): DrawStep =>
  (node, context) =>
    node.type === 'review' ? draw(node, context) : manual;
const passing: ActionDeclaration = { ...manual, passUnless: ['permissions', 'stateful'] };

const parametersOf = (rendered: RenderedFiles, name: string) =>
  JSON.parse(rendered.action(name).Configuration.UserParameters);

/** What the asset of the review function says there is to review. */
function reviewsIn({ app, read, resource }: RenderedFiles): Template {
  const { Code } = resource('AWS::Lambda::Function', 'ChangeReview');
  const directory = `asset.${Code.S3Key.replace(/\.zip$/, '')}`;
  expect(existsSync(join(app.outdir, directory, 'index.mjs'))).toBe(true);
  return JSON.parse(read(`${directory}/reviews.json`));
}

describe('a deployment with change approvals', () => {
  it('is reported, reviewed, verified and then executed', async () => {
    const { stages } = await render();
    expect(stages.Beta).toEqual([
      'Publish.Beta.111111111111.eu-west-1@1',
      'Beta.Data.Prepare@2',
      'Beta.Api.Prepare@2',
      'Beta@ReportChanges@3',
      'Beta.Look@4',
      'Beta@VerifyChanges@5',
      'Beta.Data.Execute@6',
      'Beta.Api.Execute@7',
    ]);
  });

  it('binds what executes to what was reported, by a digest', async () => {
    const rendered = await render();
    const report = rendered.action('Beta@ReportChanges');
    expect(report.Namespace).toMatch(/^Beta-changes-report-/);
    expect(parametersOf(rendered, 'Beta@ReportChanges')).toEqual({ do: 'report', of: report.Namespace });
    expect(parametersOf(rendered, 'Beta@VerifyChanges')).toEqual({
      do: 'verify',
      of: report.Namespace,
      digest: `#{${report.Namespace}.Digest}`,
    });
  });

  it('tells its function which change sets to read, and as whom', async () => {
    const rendered = await render({ env: prod });
    const { Namespace } = rendered.action('Beta@ReportChanges');
    const roleArn = 'arn:${AWS::Partition}:iam::333333333333:role/cdk-hnb659fds-lookup-role-333333333333-us-east-1';
    expect(reviewsIn(rendered)).toEqual({
      [Namespace]: {
        changeSetName: rendered.action('Beta.Data.Prepare').Configuration.ChangeSetName,
        stacks: [
          { name: 'Beta-Data', region: 'us-east-1', roleArn },
          { name: 'Beta-Api', region: 'us-east-1', roleArn },
        ],
        texts: {},
      },
    });
  });

  it('lets the function that reads do nothing but read', async () => {
    const statements = roleStatements(await render({ env: prod }), 'ChangeReview');
    expect(statements.map(({ Action, Resource }: Template) => [Action, Resource])).toEqual([
      [['logs:CreateLogStream', 'logs:PutLogEvents'], [expect.anything()]],
      [['sts:AssumeRole'], ['arn:aws:iam::333333333333:role/cdk-hnb659fds-lookup-role-333333333333-us-east-1']],
      [['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'], ['*']],
    ]);
  });

  it('reads as the deploy role where a stack names no role to read with', async () => {
    const bare = { lookupRoleArn: undefined } as object;
    const statements = roleStatements(await render({ stacks: [{ id: 'Api', ...bare }] }), 'ChangeReview');
    const assumed = statements.find(({ Action }: Template) => Action[0] === 'sts:AssumeRole');
    expect(assumed.Resource).toEqual([expect.stringContaining('role/cdk-hnb659fds-deploy-role-')]);
  });

  it('gives the role that reads the external ID that it wants', async () => {
    const rendered = await render({ stacks: [{ id: 'Api', lookupExternalId: 'orders' }] });
    const [review] = Object.values<Template>(reviewsIn(rendered));
    expect(review.stacks).toEqual([expect.objectContaining({ name: 'Beta-Api', externalId: 'orders' })]);
  });

  it('is refused where the role that reads wants more than an external ID, and only there', async () => {
    const stacks = [{ id: 'Api', lookupRoleOptions: ['Tags'] }];
    await expect(render({ stacks })).rejects.toMatchObject({
      code: 'ROLE_OPTIONS_UNSUPPORTED',
      message: expect.stringContaining('the lookup role of the stack "Beta-Api" is to be assumed with Tags'),
    });
    const deployments = [{ name: 'Beta', stacks, approvals: ['Look'] }];
    await expect(renderPlan(planOf({ deployments }))).resolves.toBeDefined();
  });

  it('reports and verifies stack by stack where stacks are prepared so', async () => {
    const rendered = await render({ stackByStack: true });
    expect(rendered.stages.Beta).toEqual([
      'Publish.Beta.111111111111.eu-west-1@1',
      'Beta.Data.Prepare@2',
      'Beta.Data@ReportChanges@3',
      'Beta.Look.Data@4',
      'Beta.Data@VerifyChanges@5',
      'Beta.Data.Execute@6',
      'Beta.Api.Prepare@7',
      'Beta.Api@ReportChanges@8',
      'Beta.Look.Api@9',
      'Beta.Api@VerifyChanges@10',
      'Beta.Api.Execute@11',
    ]);
    expect(
      Object.values<Template>(reviewsIn(rendered)).map((each) => each.stacks.map(({ name }: Template) => name)),
    ).toEqual([['Beta-Data'], ['Beta-Api']]);
    expect(rendered.inspection.gates).toEqual(['Beta/Look:Data', 'Beta/Look:Api']);
  });

  it('has nothing of this where nobody reviews', async () => {
    const rendered = await render({ changes: [] });
    expect(rendered.stages.Beta?.join()).not.toContain('@Report');
    expect(JSON.stringify(rendered.template())).not.toContain('AWS::Lambda');
  });

  it('passes the validator of CloudFormation', async () => {
    const drawStep = reviewedAs(() => passing);
    await expect(render({}, { drawStep, validate: true })).resolves.toBeTruthy();
  });

  it('is written the same twice', async () => {
    const drawStep = reviewedAs((_, context) => ({
      ...passing,
      configuration: { CustomData: context.changes?.comment('Look', 'summary') },
    }));
    const [first, again] = [await render({}, { drawStep }), await render({}, { drawStep })];
    expect(JSON.stringify(again.template())).toBe(JSON.stringify(first.template()));
  });
});

describe('the text of a review', () => {
  const commented = (text: string, about: 'summary' | 'findings' = 'summary') =>
    render(
      {},
      {
        drawStep: reviewedAs((_, { changes }) => ({
          ...manual,
          configuration: { CustomData: changes?.comment(text, about) },
        })),
      },
    );

  it.each([
    ['', 'summary'],
    ['Read this.', 'summary'],
    ['x'.repeat(700), 'findings'],
  ] as const)(
    'has the comment %j, the %s and the digest, and never more than 1,000 characters',
    async (text, about) => {
      const rendered = await commented(text, about);
      const { Namespace } = rendered.action('Beta@ReportChanges');
      const { CustomData } = rendered.action('Beta.Look').Configuration;
      const [[variable, asked] = ['', undefined]] = Object.entries<Template>(reviewsIn(rendered)[Namespace].texts);
      expect(asked.about).toBe(about);
      const filledIn = CustomData.replace(`#{${Namespace}.${variable}}`, 's'.repeat(asked.room)).replace(
        `#{${Namespace}.Digest}`,
        'd'.repeat(64),
      );
      expect(filledIn).not.toContain('#{');
      expect(filledIn.startsWith(text)).toBe(true);
      expect(filledIn).toContain('sha256 of the change sets: ddd');
      expect(filledIn.length).toBeLessThanOrEqual(1_000);
      expect(filledIn.length).toBeGreaterThan(950);
      expect(CustomData.length).toBeLessThanOrEqual(1_000);
    },
  );

  it('is refused where the comment leaves no room for the changes', async () => {
    const found = await commented('x'.repeat(900)).catch((error: unknown) => error);
    expect(found).toMatchObject({
      source: 'user',
      problems: [{ code: 'COMMENT_TOO_LONG', node: 'Beta/Look:review', path: 'deployments.Beta' }],
    });
    const [, most = '0'] = /at most (\d+) characters/.exec(String((found as Template).problems[0].fix)) ?? [];
    expect(most).toBe('755');
    await expect(commented('x'.repeat(Number(most)))).resolves.toBeTruthy();
    await expect(commented('x'.repeat(Number(most) + 1))).rejects.toMatchObject({ code: 'COMMENT_TOO_LONG' });
  });

  it('can be asked for in other lengths, each once', async () => {
    const drawStep = reviewedAs((_, { changes }) => ({
      ...manual,
      configuration: {
        CustomData: `${changes?.summary(300)} ${changes?.findings(200)} ${changes?.summary(300)} ${changes?.digest}`,
      },
    }));
    const rendered = await render({}, { drawStep });
    const { Namespace } = rendered.action('Beta@ReportChanges');
    expect(rendered.action('Beta.Look').Configuration.CustomData).toBe(
      `#{${Namespace}.Summary300} #{${Namespace}.Findings200} #{${Namespace}.Summary300} #{${Namespace}.Digest}`,
    );
    expect(reviewsIn(rendered)[Namespace].texts).toEqual({
      Summary300: { about: 'summary', room: 300 },
      Findings200: { about: 'findings', room: 200 },
    });
  });

  it.each([149, 150.5, Number.NaN])('cannot be asked for in %s characters', async (room) => {
    const drawStep = reviewedAs((_, { changes }) => ({
      ...manual,
      configuration: { CustomData: changes?.summary(room) },
    }));
    await expect(render({}, { drawStep })).rejects.toMatchObject({ code: 'REVIEW_ROOM_TOO_SMALL' });
  });

  it('is not there for steps that review nothing', async () => {
    const seen: unknown[] = [];
    await render(
      { approvals: ['Smoke'] },
      {
        drawStep: (node, context) => {
          if (node.type === 'approve') seen.push(context.changes);
          return manual;
        },
      },
    );
    expect(seen).toEqual([undefined]);
  });
});

describe('an approval that may pass by itself', () => {
  it('waits like any other, and is passed by an action beside it', async () => {
    const rendered = await render({}, { drawStep: reviewedAs(() => passing) });
    expect(rendered.stages.Beta?.slice(3, 7)).toEqual([
      'Beta@ReportChanges@3',
      'Beta.Look@4',
      'Beta.Look@Pass@4',
      'Beta@VerifyChanges@5',
    ]);
    expect(parametersOf(rendered, 'Beta.Look@Pass')).toEqual({
      do: 'pass',
      of: 'Beta.Look',
      execution: '#{codepipeline.PipelineExecutionId}',
    });
  });

  it('is described in the code of its function, so that a forged event cannot change what it takes', async () => {
    const { read, resource } = await render({}, { drawStep: reviewedAs(() => passing) });
    const { Code } = resource('AWS::Lambda::Function', 'ChangePass');
    expect(JSON.parse(read(`asset.${Code.S3Key.replace(/\.zip$/, '')}/passes.json`))).toEqual({
      'Beta.Look': {
        pipeline: 'orders',
        stage: 'Beta',
        action: 'Beta.Look',
        caller: 'Beta.Look@Pass',
        report: { stage: 'Beta', action: 'Beta@ReportChanges' },
        unless: ['permissions', 'stateful'],
        console:
          'https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/orders/view?region=eu-west-1',
      },
    });
  });

  it('notifies the topic of its step through the function, only where a person decides', async () => {
    const topic = 'arn:aws:sns:eu-west-1:111111111111:people';
    const publish = { actions: ['sns:Publish'], resources: [topic], reason: 'notify people' };
    const told: ActionDeclaration = { ...passing, configuration: { NotificationArn: topic }, grants: [publish] };
    const rendered = await render({}, { drawStep: reviewedAs(() => told) });
    expect(rendered.action('Beta.Look').Configuration ?? {}).not.toHaveProperty('NotificationArn');
    expect(parametersOf(rendered, 'Beta.Look@Pass')).toMatchObject({ topic });
    expect(roleStatements(rendered, 'ChangePass')).toContainEqual({
      Effect: 'Allow',
      Action: ['sns:Publish'],
      Resource: [topic],
    });
    expect(JSON.stringify(pipelineStatements(rendered))).not.toContain('sns:Publish');
  });

  it('leaves the topic of an approval that a person always answers to CodePipeline', async () => {
    const topic = 'arn:aws:sns:eu-west-1:111111111111:people';
    const told: ActionDeclaration = { ...manual, configuration: { NotificationArn: topic } };
    const rendered = await render({}, { drawStep: reviewedAs(() => told) });
    expect(rendered.action('Beta.Look').Configuration).toEqual({ NotificationArn: topic });
  });

  it('is still a gate of the ledger', async () => {
    const { inspection } = await render({}, { drawStep: reviewedAs(() => passing) });
    expect(inspection.gates).toEqual(['Beta/Look:review']);
    expect(inspection.problems).toEqual([]);
  });

  it('can be passed by a function that may pass exactly it, and read nothing', async () => {
    const deployments = [{ ...beta, changes: ['Look', 'Sign'] }];
    const rendered = await renderPlan(planOf({ deployments }), {
      drawStep: (node) => (node.name === 'Beta.Look' ? passing : manual),
    });
    const pipeline = `arn:aws:codepipeline:${home.region}:${home.account}:orders`;
    const statements = roleStatements(rendered, 'ChangePass');
    expect(statements.slice(1, -1)).toEqual([
      { Effect: 'Allow', Action: ['codepipeline:GetPipelineState'], Resource: [pipeline] },
      { Effect: 'Allow', Action: ['codepipeline:ListActionExecutions'], Resource: [pipeline] },
      { Effect: 'Allow', Action: ['codepipeline:PutApprovalResult'], Resource: [`${pipeline}/Beta/Beta.Look`] },
    ]);
    expect(JSON.stringify(statements)).not.toContain('sts:AssumeRole');
    expect(JSON.stringify(roleStatements(rendered, 'ChangeReview'))).not.toContain('PutApprovalResult');
  });

  it('needs no second function where none may pass', async () => {
    const rendered = await render();
    expect(JSON.stringify(rendered.template())).not.toContain('PutApprovalResult');
    expect(rendered.stages.Beta?.join()).not.toContain('@Pass');
  });

  it.each<[string, Partial<DeploymentFixture>, unknown]>([
    [
      'another action than an approval',
      {},
      { category: 'Invoke', provider: 'Lambda', configuration: {}, passUnless: ['changes'] },
    ],
    ["a partner's approval", {}, { ...passing, owner: 'ThirdParty' }],
    ['an approval after execute', { changes: [], approvals: ['Look'] }, passing],
    ['no reason to ask a person', {}, { ...manual, passUnless: [] }],
    ['an unknown reason', {}, { ...manual, passUnless: ['mood'] }],
  ])('is refused for %s, as the fault of the plugin', async (_title, fixture, drawn) => {
    await expect(render(fixture, { drawStep: () => drawn })).rejects.toMatchObject({
      source: 'plugin',
      code: 'ACTION_INVALID',
      message: expect.stringContaining('passUnless'),
    });
  });

  it.each<[string, ActionDeclaration, ActionDeclaration]>([
    ['adds it', manual, passing],
    ['asks for less', passing, { ...passing, passUnless: ['stateful'] }],
    ['takes it away', passing, manual],
  ])('is not for a hook to decide: one that %s is refused', async (_title, drawn, hooked) => {
    const emitAction: RenderOptions['emitAction'] = (node, action) => (node.type === 'review' ? hooked : action);
    await expect(render({}, { drawStep: reviewedAs(() => drawn), emitAction })).rejects.toMatchObject({
      source: 'plugin',
      code: 'ACTION_INVALID',
      message: expect.stringContaining('passUnless'),
    });
  });
});
