import { describe, expect, it } from 'vitest';
import { manualOnCodePipeline } from './codepipeline-renderer.ts';
import { changes, fakeContext, stepWith } from './fake-context.test.fixture.ts';

const url = { $ref: 'output', stack: 'Orders', name: 'Url' } as const;

describe('manual on CodePipeline', () => {
  it('is an approval action without configuration when there are no options', () => {
    const action = manualOnCodePipeline.render(stepWith({}), fakeContext().context);
    expect(action).toEqual({ category: 'Approval', provider: 'Manual', configuration: {}, grants: [] });
  });

  it('hands comment, link and time-out on, outputs as variables', () => {
    const options = { comment: ['See ', url, '.'], link: url, timeout: 60 };
    expect(manualOnCodePipeline.render(stepWith(options), fakeContext().context)).toEqual({
      category: 'Approval',
      provider: 'Manual',
      configuration: { CustomData: 'See #{Orders.Url}.', ExternalEntityLink: '#{Orders.Url}' },
      grants: [],
      timeout: 60,
    });
  });

  it.each([
    [{}, '|summary'],
    [{ comment: 'Read this.' }, 'Read this.|summary'],
  ])('says what would change below the comment of %j, where it reviews change sets', (options, CustomData) => {
    const action = manualOnCodePipeline.render(stepWith(options), fakeContext({ changes }).context);
    expect(action).toEqual({ category: 'Approval', provider: 'Manual', configuration: { CustomData }, grants: [] });
  });

  it('passes by itself when nothing changes, where the author wants it', () => {
    const { context } = fakeContext({ changes });
    expect(manualOnCodePipeline.render(stepWith({ passIfUnchanged: true }), context)).toMatchObject({
      passUnless: ['changes'],
    });
    expect(manualOnCodePipeline.render(stepWith({ passIfUnchanged: false }), context)).not.toHaveProperty('passUnless');
  });

  it.each([{ count: 1 }, { count: 2 }, { count: 1, of: ['ada'] }])(
    'refuses %j, as one decision of anybody ends the action',
    (approvers) => {
      expect(() => manualOnCodePipeline.render(stepWith({ approvers }), fakeContext().context)).toThrow(
        expect.objectContaining({
          source: 'user',
          problems: [
            expect.objectContaining({
              code: 'QUORUM_UNSUPPORTED',
              message: 'the backend "codepipeline" takes one decision of one person, and cannot wait for a quorum',
            }),
          ],
        }),
      );
    },
  );

  it('refuses to pass by itself where there are no change sets', () => {
    const render = () => manualOnCodePipeline.render(stepWith({ passIfUnchanged: true }), fakeContext().context);
    expect(render).toThrow(
      expect.objectContaining({
        source: 'user',
        code: 'PASS_WITHOUT_CHANGES',
        path: 'waves[0].deployments[0].approvals[0].options.passIfUnchanged',
      }),
    );
  });

  it('lets no variable arise between two texts', () => {
    const options = { comment: ['costs #', '{codepipeline.PipelineExecutionId}'] };
    expect(() => manualOnCodePipeline.render(stepWith(options), fakeContext().context)).toThrow(
      'a variable in comment',
    );
  });

  it('has the people told whom the options name', () => {
    const { context, told } = fakeContext();
    const action = manualOnCodePipeline.render(stepWith({ emails: ['a@example.com'] }), context);
    expect(told).toEqual([{ emails: ['a@example.com'] }]);
    expect(action).toMatchObject({
      configuration: { NotificationArn: 'arn:told' },
      grants: [{ actions: ['sns:Publish'], resources: ['arn:told'] }],
    });
  });
});
