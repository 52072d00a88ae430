import { afterEach, describe, expect, it } from 'vitest';
import { removeRendered, type Template } from '../fixture/render.test.fixture.ts';
import { file, inspectChanged } from './inspect.test.fixture.ts';

afterEach(removeRendered);

describe('slices', () => {
  it('hold every stage, each in a template that stands alone', async () => {
    const { slices } = await inspectChanged(() => {});
    const parts = slices.get(file) ?? [];
    const stages = parts.map(({ template }) =>
      (template as Template).Resources.Pipeline.Properties.Stages.map(({ Name }: Template) => Name),
    );
    expect(stages).toEqual([
      ['Source', 'Build'],
      ['Source', 'Build', 'Stage'],
      ['Source', 'Build', 'Stage'],
      ['Source', 'Build', 'Stage'],
    ]);
    for (const { template } of parts) {
      const { Resources, Parameters = {} } = template as Template;
      const text = JSON.stringify(Resources);
      const known = [...Object.keys(Resources), ...Object.keys(Parameters)];
      for (const [, id] of text.matchAll(/"Ref":"(\w+)"/g)) expect(known).toContain(id);
      const used = [...text.matchAll(/"InputArtifacts":\[(.*?)\]/g)].flatMap(
        ([, names = '']) => names.match(/"Name":"\w+"/g) ?? [],
      );
      const made = [...text.matchAll(/"OutputArtifacts":\[(.*?)\]/g)].flatMap(
        ([, names = '']) => names.match(/"Name":"\w+"/g) ?? [],
      );
      expect(made).toEqual(expect.arrayContaining(used));
      for (const [, id] of text.matchAll(/"Fn::GetAtt":\["(\w+)"/g)) expect(known).toContain(id);
    }
  });

  it('carry what the later stages refer to in the first one, where the validator sees it', async () => {
    const { slices } = await inspectChanged(() => {});
    const [first, ...later] = (slices.get(file) ?? []).map(({ template }) => template as Template);
    const carried = JSON.stringify(first.Outputs.SlicedReferences);
    const project = /\{"Ref":"Betapublish\w+"\}/.exec(JSON.stringify(first.Outputs))?.[0];
    expect(project).toBeDefined();
    expect(carried).toContain(project);
    expect(later.every(({ Resources }) => Object.keys(Resources).length === 1)).toBe(true);
  });

  it('hold every other resource once', async () => {
    let ids: string[] = [];
    const { slices } = await inspectChanged(({ Resources }) => {
      ids = Object.keys(Resources);
    });
    const held = (slices.get(file) ?? []).flatMap(({ template }) => Object.keys((template as Template).Resources));
    expect(held.filter((id) => id !== 'Pipeline').sort()).toEqual(ids.filter((id) => id !== 'Pipeline').sort());
  });
});
