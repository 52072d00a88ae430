import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeploymentFixture, planOf } from '../fixture/plan.test.fixture.ts';
import { expandPlan, isHelper, passName, reviewSetsOf } from './expand-plan.ts';
import { layOutStages } from './lay-out-stages.ts';

const stacks = [{ id: 'Data' }, { id: 'Api' }];
const expanded = (...deployments: DeploymentFixture[]) => {
  const { plan } = planOf({ deployments });
  const actions = expandPlan(plan);
  const afterOf = (id: string) => actions.find((action) => action.id === id)?.after;
  return { plan, actions, afterOf };
};

describe('a plan with reviews', () => {
  it('reports when everything is prepared, and verifies when everything is decided', () => {
    const { afterOf } = expanded({ name: 'Beta', stacks, changes: ['Look', 'Security'] });
    expect(afterOf('Beta:changes:report')).toEqual(['Beta/Data:prepare', 'Beta/Api:prepare']);
    expect(afterOf('Beta/Look:review')).toContain('Beta:changes:report');
    expect(afterOf('Beta:changes:verify')).toEqual(['Beta:changes:report', 'Beta/Look:review', 'Beta/Security:review']);
    expect(afterOf('Beta/Data:execute')).toContain('Beta:changes:verify');
    expect(afterOf('Beta/Api:execute')).toContain('Beta:changes:verify');
  });

  it('does so once per stack where stacks are prepared one by one', () => {
    const { plan, afterOf } = expanded({ name: 'Beta', stacks, changes: ['Look'], stackByStack: true });
    expect(reviewSetsOf(plan).map(({ id }) => id)).toEqual(['Beta:changes/Data', 'Beta:changes/Api']);
    expect(afterOf('Beta:changes/Api:report')).toEqual(['Beta/Api:prepare']);
    expect(afterOf('Beta/Look:Api')).toContain('Beta:changes/Api:report');
    expect(afterOf('Beta/Api:execute')).toContain('Beta:changes/Api:verify');
    expect(afterOf('Beta/Data:execute')).not.toContain('Beta:changes/Api:verify');
  });

  it('keeps every edge of the plan', () => {
    const { plan, afterOf } = expanded({ name: 'Beta', stacks, changes: ['Look'], approvals: ['Smoke'] });
    for (const { id, after } of plan.nodes) expect(afterOf(id)).toEqual(expect.arrayContaining([...after]));
  });

  it('stays as it is without reviews', () => {
    const { plan, actions } = expanded({ name: 'Beta', stacks, approvals: ['Smoke'] });
    expect(actions).toEqual(plan.nodes);
  });
});

describe('names of what stands around reviews', () => {
  it('do not change when a step or a stack is added', () => {
    const names = (fixture: DeploymentFixture) =>
      expanded(fixture)
        .actions.filter(isHelper)
        .map(({ name }) => name);
    const before = names({ name: 'Beta', stacks, changes: ['Look'] });
    expect(before).toEqual(['Beta@ReportChanges', 'Beta@VerifyChanges']);
    expect(names({ name: 'Beta', stacks: [{ id: 'New' }, ...stacks], changes: ['First', 'Look'] })).toEqual(before);
  });

  it('are valid and differ from all others in their stage', () => {
    const deployment = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,99}$/);
    const step = fc.constantFrom('ReportChanges', 'Changes', 'Pass', 'Report', 'a', 'b');
    const stack = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,30}$/);
    const lists = fc.record({
      names: fc.uniqueArray(deployment, { minLength: 1, maxLength: 3, selector: (name) => name.toLowerCase() }),
      changes: fc.uniqueArray(step, { minLength: 1, maxLength: 3 }),
      ids: fc.uniqueArray(stack, { minLength: 1, maxLength: 3, selector: (name) => name.toLowerCase() }),
      stackByStack: fc.boolean(),
    });
    fc.assert(
      fc.property(lists, ({ names, changes, ids, stackByStack }) => {
        const { plan } = planOf({
          deployments: names.map((name) => ({
            name,
            wave: 'Wave',
            stacks: ids.map((id) => ({ id })),
            changes,
            stackByStack,
          })),
        });
        const nodes = layOutStages(plan, { actionsPerStage: 1_000 }).find(({ name }) => name === 'Wave')?.actions ?? [];
        const added = nodes.flatMap(({ node }) =>
          isHelper(node) ? [node.name] : node.type === 'review' ? [passName(node)] : [],
        );
        for (const name of added) expect(name).toMatch(/^[A-Za-z0-9.@_-]{1,100}$/);
        const others = nodes.filter(({ node }) => !isHelper(node)).map(({ node }) => node.name);
        const all = [...added, ...new Set(others)].map((name) => name.toLowerCase());
        expect(new Set(all).size).toBe(all.length);
      }),
      { numRuns: 60 },
    );
  });
});
