/** Two deployments must not own the same stack of the same account and region. */
import type { AssembledDeployment } from '../contracts/assembly.ts';
import { stackNameTaken } from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';
import { environmentName } from '../model/environment.ts';
import { deploymentsOf, type Pipeline } from '../model/pipeline.ts';

export function checkStackNames(deployments: readonly AssembledDeployment[], pipeline: Pipeline): Problem[] {
  const paths = new Map(deploymentsOf(pipeline).map(({ name, path }) => [name, path]));
  const owners = new Map<string, string>();
  return deployments.flatMap(({ name, stacks }) =>
    stacks.flatMap(({ stackName, env }) => {
      const where = environmentName(env);
      const key = `${where}/${stackName}`;
      const owner = owners.get(key);
      owners.set(key, name);
      return owner === undefined ? [] : [stackNameTaken(paths.get(name) ?? name, stackName, where, owner)];
    }),
  );
}
