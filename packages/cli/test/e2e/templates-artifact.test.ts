/** Uploads what the emitted buildspec selects of a real assembly, as CodeBuild documents it, and looks for each template. */
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { synthesize } from '@cdkpipe/core/host';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDirectory } from './run-cdkpipe.test.fixture.ts';

const definition = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { CfnOutput, CfnResource, NestedStack, Stack, Tags } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';

const app = (stage) => {
  const api = new Stack(stage, 'Api');
  new CfnResource(api, 'Topic', { type: 'AWS::SNS::Topic' });
  new Asset(api, 'Code', { path: new URL('./code', import.meta.url).pathname });
  const nested = new NestedStack(api, 'Inner');
  new CfnResource(nested, 'Topic', { type: 'AWS::SNS::Topic' });
  const data = new Stack(stage, 'Data');
  Tags.of(data).add('team', 'orders');
  new CfnResource(data, 'Topic', { type: 'AWS::SNS::Topic' });
};
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, stacks: app })]),
    wave('Prod', [
      deploy('Eu', { env: { account: '333333333333', region: 'eu-west-1' }, stacks: app, prepare: false }),
      deploy('Java', { env: { account: '333333333333', region: 'us-east-1' }, assembly: 'java' }),
    ]),
  ],
});
`;
const role = (name: string) => `arn:aws:iam::333333333333:role/cdk-hnb659fds-${name}-role-333333333333-us-east-1`;
/** Of another language, with a template of an unusual name. */
const java = {
  version: '36.0.0',
  artifacts: {
    Shop: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://333333333333/us-east-1',
      properties: {
        templateFile: 'Shop (1).json',
        assumeRoleArn: role('deploy'),
        cloudFormationExecutionRoleArn: role('cfn-exec'),
        tags: { team: 'java' },
      },
    },
  },
};
const content = 'x'.repeat(200_000);

// biome-ignore lint/suspicious/noExplicitAny: a template is read wherever it says something
type Json = any;
interface Part {
  readonly 'base-directory': string;
  readonly files: string[];
  readonly 'exclude-paths'?: string[];
}

/**
 * Copies what a part of a buildspec selects, with the paths below the base directory, which is not part of them
 * (https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html, "artifacts/files", "artifacts/base-directory"
 * and "artifacts/exclude-paths"): `*` stays within a name, `**` crosses directories.
 */
function upload(part: Part, workspace: string): string {
  const base = join(workspace, part['base-directory']);
  const ignore = part['exclude-paths'] ?? [];
  const target = makeDirectory();
  for (const file of globSync(part.files, { cwd: base, ignore, dot: true, expandDirectories: false })) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(base, file), join(target, file));
  }
  return target;
}

const filesIn = (directory: string) => globSync('**/*', { cwd: directory, dot: true });
const bytesIn = (directory: string) =>
  filesIn(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);

describe('the artifacts of the build', () => {
  let actions: Json[];
  let assembly: string;
  let templates: string;

  beforeAll(async () => {
    const cwd = makeDirectory({
      'cdkpipe.config.ts': definition,
      'code/index.txt': content,
      'code/Fake.template.json': '{}',
      'code/deep/Fake.template.json': '{}',
      'java/manifest.json': JSON.stringify(java),
      'java/Shop (1).json': JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
    });
    const output = join(cwd, 'cdk.out');
    await synthesize({ cwd, output, builtIns: [codePipeline], validate: false });
    const { Resources } = JSON.parse(readFileSync(join(output, 'shop-pipeline.template.json'), 'utf8'));
    const all: Json[] = Object.values(Resources);
    actions = all
      .find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')
      .Properties.Stages.flatMap((stage: Json) => stage.Actions);
    const { Configuration, OutputArtifacts } = actions.find(({ Name }) => Name === 'Build');
    const { Source } = Resources[Configuration.ProjectName.Ref].Properties;
    const parts = JSON.parse(Source.BuildSpec).artifacts['secondary-artifacts'];
    expect(OutputArtifacts).toEqual([{ Name: 'Assembly' }, { Name: 'Templates' }]);
    assembly = upload(parts.Assembly, cwd);
    templates = upload(parts.Templates, cwd);
  }, 60_000);

  it('hold each file that a CloudFormation action reads', () => {
    const reading = actions.filter(({ Configuration }) => Configuration.TemplatePath !== undefined);
    const paths = reading.flatMap(({ Configuration: { TemplatePath, TemplateConfiguration } }) =>
      [TemplatePath, TemplateConfiguration].filter((path) => path !== undefined),
    );
    expect(
      reading.every(({ InputArtifacts }) => InputArtifacts.map(({ Name }: Json) => Name).join() === 'Templates'),
    ).toBe(true);
    expect(paths).toHaveLength(8);
    for (const path of paths) expect(existsSync(join(templates, path.split('::')[1]))).toBe(true);
  });

  it('hold no content of assets, apart from the assembly that publishers read', () => {
    expect(filesIn(templates).filter((file) => /asset\.|nested|Fake/.test(file))).toEqual([]);
    expect(filesIn(assembly).some((file) => file.endsWith('Fake.template.json'))).toBe(true);
    expect(bytesIn(templates)).toBeLessThan(bytesIn(assembly) - content.length);
  });

  it('are of the same version', () => {
    for (const file of filesIn(templates))
      expect(readFileSync(join(templates, file))).toEqual(readFileSync(join(assembly, file)));
  });
});
