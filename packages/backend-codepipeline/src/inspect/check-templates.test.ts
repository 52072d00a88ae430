import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { removeRendered, type Template } from '../fixture/render.test.fixture.ts';
import { actionOf, inspectChanged } from './inspect.test.fixture.ts';
import { measureFiles } from './measure-files.ts';

afterEach(removeRendered);

/** The problems after a change of the buildspec of the main build, and of anything else. */
async function problemsAfter(change: (part: Template, template: Template, directory: string) => void) {
  const { problems } = await inspectChanged((template, directory) => {
    const [, project] = Object.entries<Template>(template.Resources).find(
      ([id, { Type }]) => id.startsWith('build') && Type === 'AWS::CodeBuild::Project',
    ) ?? ['', {}];
    const spec = JSON.parse(project.Properties.Source.BuildSpec);
    change(spec.artifacts, template, directory);
    project.Properties.Source.BuildSpec = JSON.stringify(spec);
  });
  return problems.map(({ code, message }) => `${code}: ${message}`);
}
const missing = /^TEMPLATE_NOT_SELECTED: "TemplatePath" of the action "\w+.\w+.(Prepare|Execute)" .* is "Templates::/;

describe('what CloudFormation actions read', () => {
  it('is in what the build uploads', async () => {
    expect(await problemsAfter(() => {})).toEqual([]);
  });

  it.each<[string, (part: Template) => void]>([
    [
      'is selected by no pattern',
      ({ 'secondary-artifacts': { Templates } }) => {
        Templates.files = ['*.json'];
      },
    ],
    [
      'is excluded',
      ({ 'secondary-artifacts': { Templates } }) => {
        Templates['exclude-paths'] = ['assembly-*/**/*'];
      },
    ],
    [
      'is in an artifact that the buildspec does not have',
      (part) => {
        part['secondary-artifacts'].Templates = undefined;
      },
    ],
  ])('is refused where it %s', async (_, change) => {
    const problems = await problemsAfter(change);
    expect(problems).toHaveLength(3);
    for (const problem of problems) expect(problem).toMatch(missing);
  });

  it('is refused where the action does not take the artifact', async () => {
    const problems = await problemsAfter((_, template) => {
      actionOf(template, 'Prod', 'Prod.Api.Prepare').InputArtifacts = [{ Name: 'Assembly' }];
    });
    expect(problems).toEqual([expect.stringMatching(missing)]);
  });

  it('is refused where it is larger than a CloudFormation action takes', async () => {
    const problems = await problemsAfter((_, __, directory) => {
      const file = join(directory, 'Huge.template.json.config.json');
      writeFileSync(file, '');
      truncateSync(file, 256_000_000);
    });
    expect(problems).toEqual([
      expect.stringMatching(
        /^LIMIT_EXCEEDED: the files of the artifact "Templates": 256\d{6} bytes, \d+ more than the most AWS takes, 256000000$/,
      ),
    ]);
  });

  it('may be any size in assets, which are no part of it', async () => {
    const problems = await problemsAfter((_, __, directory) => {
      const file = join(directory, 'asset.1', 'Huge.template.json');
      mkdirSync(join(directory, 'asset.1'));
      writeFileSync(file, '');
      truncateSync(file, 300_000_000);
    });
    expect(problems).toEqual([]);
  });

  it('is counted in files, too', async () => {
    let counted: unknown;
    await problemsAfter((_, __, directory) => {
      mkdirSync(join(directory, 'many/deep'), { recursive: true });
      for (const file of ['many/a.x', 'many/deep/b.x', 'many/c.y']) writeFileSync(join(directory, file), '12345');
      counted = measureFiles(join(directory, 'many'), { files: ['**/*.x'], excludePaths: [] });
    });
    expect(await counted).toEqual({ files: 2, bytes: 10 });
  });
});
