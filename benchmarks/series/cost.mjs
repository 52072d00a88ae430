/** What the pipeline of `examples/orders` consists of, beside the same pipeline of CDK Pipelines. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cdkInExample, cdkpipeInExample } from '../contestants.mjs';
import { runCold } from '../measure.mjs';
import { countFindings } from '../nag.mjs';
import { work } from '../paths.mjs';

export async function cost() {
  const peer = await countAfter(cdkInExample, join(work, 'orders-cdk.out'));
  const telling = await countAfter((output) => cdkInExample(output, { told: true }), join(work, 'orders-cdk-told.out'));
  const ours = await countAfter(cdkpipeInExample, join(work, 'orders-cdkpipe.out'));
  return [
    compare('What the pipeline of `examples/orders` consists of', peer, ours),
    compare('The same, where the peer tells its reviewer what it can', telling, ours),
  ];
}

function compare(title, peer, ours) {
  return {
    title,
    columns: ['CDK Pipelines', 'cdkpipe'],
    unit: '',
    rows: Object.keys(peer).map((what) => ({ what, reference: peer[what], measured: ours[what] })),
  };
}

async function countAfter(contestant, output) {
  rmSync(output, { recursive: true, force: true });
  await runCold(contestant(output));
  return countPipeline(output);
}

/** Counts the pipeline's own stacks: those on the top level of the assembly; deployments are nested. */
function countPipeline(directory) {
  const files = readdirSync(directory).filter((file) => file.endsWith('.template.json'));
  const templates = files.map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')));
  const resources = templates.flatMap((template) => Object.values(template.Resources ?? {}));
  const count = (type) => resources.filter((resource) => resource.Type === type).length;
  const [pipeline] = resources.filter((resource) => resource.Type === 'AWS::CodePipeline::Pipeline');
  const stages = pipeline.Properties.Stages;
  const main = files[templates.findIndex((each) => Object.values(each.Resources).includes(pipeline))];
  return {
    stacks: templates.length,
    resources: resources.length,
    'CodeBuild projects': count('AWS::CodeBuild::Project'),
    'Lambda functions': count('AWS::Lambda::Function'),
    'IAM roles': count('AWS::IAM::Role'),
    'KMS keys': count('AWS::KMS::Key'),
    stages: stages.length,
    actions: stages.flatMap(({ Actions }) => Actions).length,
    'longest chain of actions': stages.reduce((sum, { Actions }) => sum + ranksOf(Actions), 0),
    'the same without report and verification of change sets': stages.reduce(
      (sum, { Actions }) => sum + ranksOf(Actions.filter(({ Name }) => !/@(Report|Verify)Changes$/.test(Name))),
      0,
    ),
    'bytes of the pipeline template': statSync(join(directory, main)).size,
    'bytes of all templates': files.reduce((sum, file) => sum + statSync(join(directory, file)).size, 0),
    'findings of cdk-nag in the pipeline template': countFindings(join(directory, main)),
  };
}

/** Actions of one run order run together; the ranks follow each other. */
function ranksOf(actions) {
  return new Set(actions.map(({ RunOrder = 1 }) => RunOrder)).size;
}
