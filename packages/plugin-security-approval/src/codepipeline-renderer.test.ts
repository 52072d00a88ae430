import { render } from '@cdkpipe/testkit';
import { describe, expect, it } from 'vitest';
import plugin, { type SecurityReviewOptions, securityReview } from './index.ts';

const draw = (options: SecurityReviewOptions) => render(plugin, securityReview('Security', options));

describe('securityReview on CodePipeline', () => {
  it('is an approval with the findings in its text, passed when there are none', async () => {
    const { declaration, told } = await draw({});
    expect(declaration).toEqual({
      category: 'Approval',
      provider: 'Manual',
      configuration: { CustomData: expect.stringMatching(/#\{\S+\.Findings\d+\}\n\n.*#\{\S+\.Digest\}$/) },
      passUnless: ['permissions', 'stateful'],
      grants: [],
    });
    expect(told).toEqual([]);
  });

  it.each<[SecurityReviewOptions, string[]]>([
    [{ stateful: false }, ['permissions']],
    [{ permissions: false }, ['stateful']],
    [{ permissions: true, stateful: true }, ['permissions', 'stateful']],
  ])('asks a person with %j for %j only', async (options, passUnless) => {
    expect((await draw(options)).declaration).toMatchObject({ passUnless });
  });

  it('puts the author’s text first, as data, and keeps who is told and how long', async () => {
    const options = { comment: 'See the runbook.', emails: ['a@example.com'], timeout: 60 };
    const { declaration, told } = await draw(options);
    expect(declaration).toMatchObject({
      configuration: { CustomData: expect.stringMatching(/^See the runbook\.\n/), NotificationArn: expect.anything() },
      timeout: 60,
    });
    expect(told).toMatchObject([{ emails: ['a@example.com'] }]);
    await expect(draw({ comment: 'costs #{a.b}' })).rejects.toMatchObject({ source: 'user' });
  });
});
