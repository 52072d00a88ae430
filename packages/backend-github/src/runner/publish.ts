/** Uploads the assets of one job, with a role for each account. */
import type { Deployer, DeployTools } from '@cdkpipe/deployer-cloudformation';
import type { PublishRecord, Roles } from '../jobs-file/jobs-file.ts';
import { Refusal } from './refusal.ts';
import { withTokenFile } from './step.ts';
import type { Surroundings } from './surroundings.ts';

export interface PublishInput {
  readonly publishes: readonly PublishRecord[];
  readonly roles: Roles;
  readonly run: string;
  readonly session: string;
  readonly assembly: string;
  readonly deployer: Deployer;
  readonly tools: DeployTools;
  readonly surroundings: Surroundings;
}

/** One after the other: the library that uploads finds its role in the environment of the process. */
export async function publishAll(input: PublishInput): Promise<void> {
  await withTokenFile(input.surroundings, async (file) => {
    for (const { node, account, region, manifests } of input.publishes) {
      const arn = input.roles[account];
      if (arn === undefined) throw new Refusal([`the job has no role that uploads in the account ${account}`]);
      Object.assign(process.env, {
        AWS_REGION: region,
        AWS_ROLE_ARN: arn,
        AWS_ROLE_SESSION_NAME: input.session,
        AWS_WEB_IDENTITY_TOKEN_FILE: file,
      });
      const target = { run: input.run, node, env: { account, region }, assemblyDirectory: input.assembly, manifests };
      input.tools.log(await input.deployer.publish(target, input.tools));
    }
  });
}
