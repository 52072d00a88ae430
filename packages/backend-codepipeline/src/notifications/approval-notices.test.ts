import { afterEach, describe, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { type DrawStep, manual, removeRendered, renderPlan, type Template } from '../fixture/render.test.fixture.ts';
import { hasMoto, matchedBy } from './matched-events.test.fixture.ts';

afterEach(removeRendered);

const topic = 'arn:aws:sns:eu-west-1:111111111111:releases';

/** One approval of each sort: `Review` passes by itself, `Hours` is answered by a function, `Look` and `Done` by a person. */
const plan = planOf({
  deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], changes: ['Review', 'Look'], approvals: ['Done'] }],
  gates: ['Hours'],
});
const drawStep: DrawStep = ({ id }) => {
  if (id.includes('Review')) return { ...manual, passUnless: ['permissions'] };
  return id.includes('Hours') ? { ...manual, answeredBy: 'function' } : manual;
};
const render = () => renderPlan(plan, { drawStep, options: { notifications: { onApproval: { topic } } } });

async function patterns(): Promise<Record<string, Template>> {
  const resources = Object.entries<Template>((await render()).template().Resources);
  const rules = resources.filter(([, { Type }]) => Type === 'AWS::Events::Rule');
  return Object.fromEntries(rules.map(([id, { Properties }]) => [id, Properties.EventPattern]));
}

/** As CodePipeline sends it. */
const event = (action: string, state: string, more: object = {}) => ({
  source: 'aws.codepipeline',
  'detail-type': 'CodePipeline Action Execution State Change',
  detail: {
    pipeline: 'orders',
    version: 1,
    'execution-id': '01234567-0123-0123-0123-012345678901',
    stage: 'Beta',
    action,
    state,
    type: { owner: 'AWS', provider: 'Manual', category: 'Approval', version: '1' },
    ...more,
  },
});
const passed = (summary?: string) =>
  event('Beta.Review@Pass', 'SUCCEEDED', {
    type: { owner: 'AWS', provider: 'Lambda', category: 'Invoke', version: '1' },
    ...(summary === undefined ? {} : { 'execution-result': { 'external-execution-summary': summary } }),
  });

describe('notices of approvals', () => {
  it('name the approvals that functions answer, and the action beside a review', async () => {
    const { ApprovalNotice, LeftApprovalNotice, ...others } = await patterns();
    const [{ 'anything-but': answered }] = ApprovalNotice.detail.action;
    expect(answered).toHaveLength(2);
    expect(answered.join()).toMatch(/Hours.*Beta\.Review/);
    expect(LeftApprovalNotice.detail.action).toEqual(['Beta.Review@Pass']);
    expect(others).toEqual({});
  });

  it.skipIf(!hasMoto)('come where a person decides, and nowhere else (needs moto)', async () => {
    const rules = await patterns();
    const hours = rules.ApprovalNotice.detail.action[0]['anything-but'].find((name: string) => name.includes('Hours'));
    const asked: [unknown, string[]][] = [
      [event('Beta.Look', 'STARTED'), ['ApprovalNotice']],
      [event('Beta.Done', 'STARTED'), ['ApprovalNotice']],
      [event('AddedByTheAuthor', 'STARTED'), ['ApprovalNotice']],
      [event('Beta.Look', 'SUCCEEDED'), []],
      [event(hours, 'STARTED'), []],
      [event('Beta.Review', 'STARTED'), []],
      [passed('Passed by cdkpipe: no permission broadens'), []],
      [passed('A person decides: permissions broaden'), ['LeftApprovalNotice']],
      [passed(), ['LeftApprovalNotice']],
      [{ ...event('Beta.Look', 'STARTED'), source: 'other' }, []],
    ];
    expect(
      matchedBy(
        rules,
        asked.map(([given]) => given),
      ),
    ).toEqual(asked.map(([, expected]) => expected));
  });

  it('fit into as many rules as EventBridge needs, with every approval of a person in one', async () => {
    const changes = Array.from({ length: 60 }, (_, index) => `Review${index}-of-a-name-that-is-rather-long`);
    const large = planOf({
      deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], changes, approvals: ['Done', 'Sign'] }],
    });
    const options = { notifications: { onApproval: { topic } }, actionsPerStage: 1_000 };
    const resources = Object.values<Template>((await renderPlan(large, { drawStep, options })).template().Resources);
    const all = resources.flatMap(({ Type, Properties }) =>
      Type === 'AWS::Events::Rule' ? [Properties.EventPattern] : [],
    );
    expect(all.length).toBeGreaterThan(2);
    for (const pattern of all) expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(2_048);
    const named = all.flatMap(({ detail }) => detail.action);
    expect(named.filter((name) => name.endsWith('@Pass'))).toHaveLength(60);
    expect(named.filter((name) => !name.endsWith('@Pass'))).toEqual(['Beta.Done', 'Beta.Sign']);
  });
});
