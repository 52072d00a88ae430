/** Builds the assembly of a definition that stands in a test. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CfnOutput, CfnResource, Stack, type Stage } from 'aws-cdk-lib';
import { findCdkLibrary } from '../cdk/cdk-library.ts';
import { registry } from '../modelling/definition.test.fixture.ts';
import { modelPipeline } from '../modelling/model-pipeline.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { type AssemblyInput, buildAssembly } from './build-assembly.ts';
import { metadataContext } from './metadata-context.ts';

export async function buildIn(directory: string, value: unknown, change: Partial<AssemblyInput> = {}) {
  const cdk = findCdkLibrary(fileURLToPath(new URL('.', import.meta.url)));
  if ('code' in cdk) throw new Error(cdk.message);
  const modelled = await modelPipeline(shapeDefinition(value), registry);
  const outdir = join(directory, 'cdk.out');
  const input = {
    ...modelled,
    cdk,
    context: metadataContext({}),
    outdir,
    projectDirectory: directory,
    hidden: [join(directory, '.cdkpipe')],
    allowMissingContext: false,
    stacksTimeoutMs: 60_000,
    ...change,
  };
  return { ...(await buildAssembly(input)), outdir };
}

/** A network whose VPC ID another stack takes. */
export function networkAndApi(stage: Stage) {
  const network = new Stack(stage, 'Network');
  const vpc = new CfnResource(network, 'Vpc', { type: 'AWS::EC2::VPC', properties: { CidrBlock: '10.0.0.0/16' } });
  const api = new Stack(stage, 'Api', { tags: { team: 'orders' } });
  new CfnResource(api, 'Group', {
    type: 'AWS::EC2::SecurityGroup',
    properties: { GroupDescription: 'x', VpcId: vpc.ref },
  });
  new CfnOutput(api, 'Url', { value: 'https://example.org' });
}
