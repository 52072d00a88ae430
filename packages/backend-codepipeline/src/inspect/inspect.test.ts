import { afterEach, describe, expect, it } from 'vitest';
import { removeRendered, type Template } from '../fixture/render.test.fixture.ts';
import { actionOf, anApproval, file, inspectChanged, resource, stageOf } from './inspect.test.fixture.ts';

afterEach(removeRendered);

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const policy = (characters: number) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['x:Y'], Resource: ['r'.repeat(characters)] }],
});

/** Has the self-update, a CodeBuild action, work in another account. */
function moveUpdate(template: Template, more: object): void {
  const RoleArn = 'arn:aws:iam::222222222222:role/update';
  Object.assign(actionOf(template, 'UpdatePipeline', 'UpdatePipeline'), { RoleArn, ...more });
}

describe('inspecting what was written', () => {
  it('finds the stack to deploy first, every gate and no fault', async () => {
    const { gates, problems, next } = await inspectChanged(() => {});
    expect(next).toEqual([{ why: expect.stringContaining('Then it updates itself'), deploy: ['orders-pipeline'] }]);
    expect(gates).toEqual(['Beta/Look:review', 'Beta/Smoke:approve', 'Prod/Done:approve']);
    expect(problems).toEqual([]);
  });

  it.each<[string, (template: Template) => void]>([
    [
      'its report is gone',
      (template) => {
        const stage = stageOf(template, 'Beta');
        stage.Actions = stage.Actions.filter(({ Name }: Template) => Name !== 'Beta@ReportChanges');
      },
    ],
    [
      'its verification is gone',
      (template) => {
        const stage = stageOf(template, 'Beta');
        stage.Actions = stage.Actions.filter(({ Name }: Template) => Name !== 'Beta@VerifyChanges');
      },
    ],
    [
      'a stack executes beside its verification',
      (template) => {
        actionOf(template, 'Beta', 'Beta.Data.Execute').RunOrder = actionOf(
          template,
          'Beta',
          'Beta@VerifyChanges',
        ).RunOrder;
      },
    ],
    [
      'its verification comes before it',
      (template) => {
        actionOf(template, 'Beta', 'Beta@VerifyChanges').RunOrder = 1;
      },
    ],
  ])('does not count a review when %s', async (_title, change) => {
    const { gates } = await inspectChanged(change);
    expect(gates).toEqual(['Beta/Smoke:approve', 'Prod/Done:approve']);
  });

  it('says when there is no pipeline', async () => {
    const { gates, problems } = await inspectChanged((template) => {
      delete template.Resources.Pipeline;
    });
    expect(gates).toEqual([]);
    expect(problems).toMatchObject([{ code: 'PIPELINE_MISSING' }]);
  });

  it.each<[string, (template: Template) => void, string]>([
    [
      '51 stages',
      ({ Resources }) =>
        Resources.Pipeline.Properties.Stages.push(
          ...many(46, (index) => ({ Name: `S${index}`, Actions: [anApproval(index)] })),
        ),
      'stages of pipeline "orders": 51 stages, 1 more than the most AWS takes, 50',
    ],
    [
      '1 stage',
      ({ Resources }) => Resources.Pipeline.Properties.Stages.splice(1),
      'stages of pipeline "orders": 1 stages, 1 less than the least AWS takes, 2',
    ],
    [
      '51 actions in a stage',
      (template) => stageOf(template, 'Prod').Actions.push(...many(47, anApproval)),
      'the actions of stage "Prod": 51 actions, 1 more than the most AWS takes, 50',
    ],
    [
      'a run order of 1,000',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Done').RunOrder = 1_000;
      },
      'the run order of the action "Prod.Done" of stage "Prod": 1000, 1 more than the most AWS takes, 999',
    ],
    [
      'a run order in words',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Done').RunOrder = 'soon';
      },
      'the run order of the action "Prod.Done" of stage "Prod" is "soon", which is no whole number',
    ],
    [
      'a run order that only CloudFormation knows',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Done').RunOrder = { Ref: 'Last' };
      },
      'the run order of the action "Prod.Done" of stage "Prod" is {"Ref":"Last"}, which is no whole number',
    ],
    [
      'half a run order',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Done').RunOrder = 1.5;
      },
      'the run order of the action "Prod.Done" of stage "Prod" is 1.5, which is no whole number',
    ],
    [
      'a run order of 0',
      (template) => {
        actionOf(template, 'Source', 'Source').RunOrder = 0;
      },
      'the run order of the action "Source" of stage "Source": 0, 1 less than the least AWS takes, 1',
    ],
    [
      'a comment of 1,001 characters',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Done').Configuration = { CustomData: 'x'.repeat(1_001) };
      },
      'the configuration value of "CustomData" of the action "Prod.Done" of stage "Prod": 1001 characters, 1 more than the most AWS takes, 1000',
    ],
    [
      'a joined value whose literal parts are too long',
      (template) => {
        const CustomData = { 'Fn::Join': ['-', ['x'.repeat(990), { Ref: 'AWS::AccountId' }, { Ref: 'Other' }]] };
        actionOf(template, 'Prod', 'Prod.Done').Configuration = { CustomData };
      },
      'the configuration value of "CustomData" of the action "Prod.Done" of stage "Prod": 1004 characters, 4 more than the most AWS takes, 1000',
    ],
    [
      'an approval of 4 minutes',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Done').TimeoutInMinutes = 4;
      },
      'the time-out of the action "Prod.Done" of stage "Prod": 4 minutes, 1 less than the least AWS takes, 5',
    ],
    [
      'an approval of 86,401 minutes',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Done').TimeoutInMinutes = 86_401;
      },
      'the time-out of the action "Prod.Done" of stage "Prod": 86401 minutes, 1 more than the most AWS takes, 86400',
    ],
    [
      'six inputs of a build',
      (template) => {
        actionOf(template, 'Build', 'Build').InputArtifacts = many(6, () => ({ Name: 'Source' }));
      },
      'the input artifacts of the action "Build" of stage "Build": 6 artifacts, 1 more than the most AWS takes, 5',
    ],
    [
      'an output artifact of a build in another account',
      (template) => moveUpdate(template, { OutputArtifacts: [{ Name: 'Report' }] }),
      'the action would put out the artifact "Report" from the account 222222222222; CodeBuild encrypts outputs with a key of its own account there, which the pipeline cannot use',
    ],
    [
      'variables of a build in another account',
      (template) => moveUpdate(template, { Namespace: 'update' }),
      'the action hands variables on as "update" from CodeBuild in the account 222222222222, and nothing says that they come back across accounts',
    ],
    [
      'an action name with a space',
      (template) => {
        actionOf(template, 'UpdatePipeline', 'UpdatePipeline').Name = 'Update it';
      },
      'the action name "Update it" has characters that CodePipeline does not take',
    ],
    [
      'a namespace with a slash',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Api.Execute').Namespace = 'a/b';
      },
      'the variable namespace name "a/b" has characters that CodePipeline does not take',
    ],
    [
      'two actions of one name',
      (template) => stageOf(template, 'Prod').Actions.push({ ...anApproval(1), Name: 'Prod.Done' }),
      'two actions of stage "Prod" are called "Prod.Done"',
    ],
    [
      'an artifact that nothing makes',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Api.Prepare').InputArtifacts.push({ Name: 'Nothing' });
      },
      'the action "Prod.Api.Prepare" of stage "Prod" takes the artifact "Nothing", which no earlier action makes',
    ],
    [
      'an artifact that is made too late',
      (template) => {
        actionOf(template, 'Build', 'Build').InputArtifacts = [{ Name: 'Assembly' }];
      },
      'the action "Build" of stage "Build" takes the artifact "Assembly", which no earlier action makes',
    ],
    [
      'an artifact that two actions make',
      (template) => {
        actionOf(template, 'UpdatePipeline', 'UpdatePipeline').OutputArtifacts = [{ Name: 'Source' }];
      },
      'the action "UpdatePipeline" of stage "UpdatePipeline" puts out the artifact "Source", which another action already makes',
    ],
    [
      'a region without a store',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Api.Prepare').Region = 'us-east-1';
      },
      'the action "Prod.Api.Prepare" of stage "Prod" works in "us-east-1", for which the pipeline has no artifact store',
    ],
    [
      'too many resources',
      ({ Resources }) =>
        Object.assign(Resources, Object.fromEntries(many(500, (index) => [`X${index}`, resource('A::B::C', {})]))),
      `the resources of "${file}": 521 resources, 21 more than the most AWS takes, 500`,
    ],
    [
      '201 parameters',
      (template) => {
        template.Parameters = Object.fromEntries(many(201, (index) => [`P${index}`, { Type: 'String' }]));
      },
      `the parameters of "${file}": 201 parameters, 1 more than the most AWS takes, 200`,
    ],
    [
      '201 outputs',
      (template) => {
        template.Outputs = Object.fromEntries(many(201, (index) => [`O${index}`, { Value: 'x' }]));
      },
      `the outputs of "${file}": 201 outputs, 1 more than the most AWS takes, 200`,
    ],
    [
      'a description of 1,025 bytes',
      (template) => {
        template.Description = `é${'x'.repeat(1_023)}`;
      },
      `the description of "${file}": 1025 bytes, 1 more than the most AWS takes, 1024`,
    ],
    [
      'a role described at too great length',
      ({ Resources }) => {
        Resources.R = resource('AWS::IAM::Role', { Description: 'x'.repeat(1_001) });
      },
      'the description of "R": 1001 characters, 1 more than the most AWS takes, 1000',
    ],
    [
      'a project described at too great length',
      ({ Resources }) => {
        Resources.P = resource('AWS::CodeBuild::Project', { Description: 'x'.repeat(256) });
      },
      'the description of "P": 256 characters, 1 more than the most AWS takes, 255',
    ],
    [
      'a function with too much in its environment',
      ({ Resources }) => {
        Resources.F = resource('AWS::Lambda::Function', { Environment: { Variables: { A: 'x'.repeat(4_096) } } });
      },
      'the environment variables of "F": 4097 bytes, 1 more than the most AWS takes, 4096',
    ],
    [
      'a buildspec that CodeBuild does not take inline',
      ({ Resources }) => {
        Resources.P = resource('AWS::CodeBuild::Project', {
          Description: 'Runs the commands of Beta/Smoke',
          Source: { Type: 'CODEPIPELINE', BuildSpec: 'x'.repeat(25_601) },
        });
      },
      'the buildspec of "P" (Runs the commands of Beta/Smoke): 25601 characters, 1 more than the most AWS takes, 25600',
    ],
    [
      'a managed policy that is too large, with the role that is given it',
      ({ Resources }) => {
        Resources.M = resource('AWS::IAM::ManagedPolicy', { PolicyDocument: policy(6_055) });
        Resources.R = resource('AWS::IAM::Role', {
          Description: 'Runs the commands of Beta/Smoke',
          ManagedPolicyArns: [{ Ref: 'M' }],
        });
      },
      'the policy of "M" (Runs the commands of Beta/Smoke): 6145 characters, 1 more than the most AWS takes, 6144',
    ],
    [
      'a trust policy that is too large',
      ({ Resources }) => {
        Resources.R = resource('AWS::IAM::Role', { AssumeRolePolicyDocument: policy(1_959) });
      },
      'the trust policy of "R": 2049 characters, 1 more than the most AWS takes, 2048',
    ],
    [
      'an approval that takes an artifact',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Done').InputArtifacts = [{ Name: 'Assembly' }];
      },
      'the input artifacts of the action "Prod.Done" of stage "Prod": 1 artifacts, 1 more than the most AWS takes, 0',
    ],
    [
      'six outputs of a build',
      (template) => {
        actionOf(template, 'Build', 'Build').OutputArtifacts = [
          { Name: 'Assembly' },
          { Name: 'Templates' },
          ...many(4, (index) => ({ Name: `Extra${index}` })),
        ];
      },
      'the output artifacts of the action "Build" of stage "Build": 6 artifacts, 1 more than the most AWS takes, 5',
    ],
    [
      'eleven inputs of a deployment',
      (template) => {
        actionOf(template, 'Prod', 'Prod.Api.Prepare').InputArtifacts = many(11, () => ({ Name: 'Templates' }));
      },
      'the input artifacts of the action "Prod.Api.Prepare" of stage "Prod": 11 artifacts, 1 more than the most AWS takes, 10',
    ],
    [
      'a role with too much in it',
      ({ Resources }) => {
        Resources.R = resource('AWS::IAM::Role', {
          Policies: [{ PolicyDocument: policy(6_000) }, { PolicyDocument: policy(6_000) }],
        });
      },
      'the inline policies of "R": 12180 characters, 1940 more than the most AWS takes, 10240',
    ],
    [
      'a managed policy that is too large',
      ({ Resources }) => {
        Resources.M = resource('AWS::IAM::ManagedPolicy', { PolicyDocument: policy(6_055) });
      },
      'the policy of "M": 6145 characters, 1 more than the most AWS takes, 6144',
    ],
    [
      'eleven managed policies',
      ({ Resources }) => {
        Resources.R = resource('AWS::IAM::Role', { ManagedPolicyArns: many(11, String) });
      },
      'the managed policies of "R": 11 policies, 1 more than the most AWS takes, 10',
    ],
    [
      'a bucket policy that is too large',
      ({ Resources }) => {
        Resources.B = resource('AWS::S3::BucketPolicy', { PolicyDocument: policy(20_480) });
      },
      'the bucket policy of "B": 20570 characters, 90 more than the most AWS takes, 20480',
    ],
    [
      'a key policy that is too large',
      ({ Resources }) => {
        Resources.K = resource('AWS::KMS::Key', { KeyPolicy: policy(32_768) });
      },
      'the key policy of "K": 32858 characters, 90 more than the most AWS takes, 32768',
    ],
  ])('finds %s', async (_, change, message) => {
    const { problems } = await inspectChanged(change);
    expect(problems.map((problem) => problem.message)).toEqual([message]);
    expect(problems[0]?.fix).toBeTruthy();
  });

  it('finds a template of more than 1,000,000 bytes', async () => {
    const { problems } = await inspectChanged((template) => {
      template.Metadata = { x: 'é'.repeat(500_000) };
    });
    expect(problems).toMatchObject([
      {
        code: 'LIMIT_EXCEEDED',
        message: expect.stringMatching(/^the template of "orders-pipeline.template.json": 1\d+ bytes/),
      },
    ]);
  });

  it('refuses nothing on a guess: a reference counts as nothing', async () => {
    const { problems } = await inspectChanged((template) => {
      actionOf(template, 'Prod', 'Prod.Done').Configuration = {
        CustomData: { 'Fn::Join': ['', ['x'.repeat(1_000), { 'Fn::GetAtt': ['Artifacts', 'Arn'] }]] },
      };
    });
    expect(problems).toEqual([]);
  });
});
