/** Writes the cloud assemblies that a backend is tried with: two stacks, of which the second needs the first, and an asset. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Cdk from 'aws-cdk-lib';
import type * as Assets from 'aws-cdk-lib/aws-s3-assets';
import { deploymentEnv } from '../trial/definition.ts';

export function writeApps(project: string, names: readonly string[]): void {
  const load = createRequire(join(project, 'package.json'));
  const cdk = load('aws-cdk-lib') as typeof Cdk;
  const { Asset } = load('aws-cdk-lib/aws-s3-assets') as typeof Assets;
  for (const name of names) {
    const outdir = join(project, name);
    const app = new cdk.App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
    const [data, api] = ['Data', 'Api'].map(
      (id) => new cdk.Stack(app, id, { stackName: `${name}-${id}`, env: deploymentEnv }),
    ) as [Cdk.Stack, Cdk.Stack];
    for (const stack of [data, api]) new cdk.CfnWaitConditionHandle(stack, 'Handle');
    new Asset(data, 'File', { path: join(project, 'file.txt') });
    new cdk.CfnOutput(api, 'Url', { value: 'https://example.com/' });
    api.node.addDependency(data);
    app.synth();
  }
}
