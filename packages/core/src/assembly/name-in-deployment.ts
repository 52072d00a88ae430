/** Shows the stacks of a copied assembly under the name of their deployment, as those of a CDK stage: `cdk ls` lists them so. */
import { type CopiedManifest, isStack } from './copied-manifests.ts';

/** @param stage path of the deployment's stage, such as `Beta` */
export function nameInDeployment({ artifacts, nested }: CopiedManifest, stage: string): void {
  const nameOf = (name: string) => (name === stage || name.startsWith(`${stage}/`) ? name : `${stage}/${name}`);
  for (const [id, artifact] of Object.entries(artifacts)) {
    // The CDK takes the artifact's ID where there is no name to display.
    if (isStack(artifact)) artifact.displayName = nameOf(artifact.displayName ?? id);
    else if (artifact.type === 'cdk:cloud-assembly' && typeof artifact.properties?.displayName === 'string')
      artifact.properties = { ...artifact.properties, displayName: nameOf(artifact.properties.displayName) };
  }
  for (const inner of nested.values()) nameInDeployment(inner, stage);
}
