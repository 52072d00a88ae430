/** Two deployments must have different places in the construct tree, and neither inside the stage of the other. */
import { constructPathTaken } from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';
import { assemblyDirectory, stagePath } from '../model/construct-path.ts';
import { nameKey } from '../model/names.ts';
import type { Deployment } from '../model/pipeline.ts';

export function checkConstructPaths(deployments: readonly Deployment[]): Problem[] {
  return deployments.flatMap((deployment, index) => {
    const other = deployments.find((each, at) => clash(deployment, each) && (at < index || !clash(each, deployment)));
    return other ? [constructPathTaken(`${deployment.path}.constructPath`, stagePath(deployment), other.name)] : [];
  });
}

/** CDK joins the IDs with `-` for the name of the directory, so different paths may have the same directory. */
function clash(deployment: Deployment, other: Deployment): boolean {
  // Equal names are refused as such.
  if (nameKey(deployment.name) === nameKey(other.name)) return false;
  if (`${deployment.constructPath ?? ''}/`.startsWith(`${stagePath(other)}/`)) return true;
  return nameKey(assemblyDirectory(deployment)) === nameKey(assemblyDirectory(other));
}
