import { afterEach, describe, expect, it } from 'vitest';
import { removeRendered, type Template } from '../fixture/render.test.fixture.ts';
import { actionOf, anApproval, inspectChanged, stageOf } from './inspect.test.fixture.ts';

afterEach(removeRendered);

describe('a gate counts as found', () => {
  const all = ['Beta/Look:review', 'Beta/Smoke:approve', 'Prod/Done:approve'];
  const without = (gate: string) => all.filter((each) => each !== gate);

  it.each<[string, (template: Template) => void, readonly string[]]>([
    [
      'only if its action is there',
      (template) => {
        const stage = stageOf(template, 'Prod');
        stage.Actions = stage.Actions.filter(({ Name }: Template) => Name !== 'Prod.Done');
      },
      without('Prod/Done:approve'),
    ],
    [
      'only if its action can stop anything',
      (template) => {
        actionOf(template, 'Beta', 'Beta.Smoke').ActionTypeId.Category = 'Deploy';
      },
      without('Beta/Smoke:approve'),
    ],
    [
      'only if what it guards comes after it',
      (template) => {
        actionOf(template, 'Beta', 'Beta.Data.Execute').RunOrder = 3;
      },
      without('Beta/Look:review'),
    ],
    [
      'only if what stands far behind it does too',
      (template) => {
        actionOf(template, 'Beta', 'Beta.Smoke').RunOrder = 1;
      },
      without('Beta/Look:review'),
    ],
    [
      'only if later stages stay later',
      ({ Resources }) => {
        const { Stages } = Resources.Pipeline.Properties;
        Stages.splice(1, 0, Stages.pop());
      },
      ['Prod/Done:approve'],
    ],
    [
      'only if nothing behind it was moved to an earlier stage',
      (template) => {
        const [from, to] = ['Prod', 'Source'].map((stage) => stageOf(template, stage));
        const moved = actionOf(template, 'Prod', 'Prod.Api.Execute');
        from.Actions = from.Actions.filter((action: Template) => action !== moved);
        to.Actions.push(moved);
      },
      ['Prod/Done:approve'],
    ],
    [
      'also where an action was added that the plan does not know',
      (template) => stageOf(template, 'Beta').Actions.push(anApproval(1)),
      all,
    ],
  ])('%s', async (_, change, gates) => {
    expect((await inspectChanged(change)).gates).toEqual(gates);
  });
});
