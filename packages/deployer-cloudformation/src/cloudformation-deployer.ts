/** The deployer that works on real accounts; the AWS SDK is loaded with the first thing that it does. */
import type { CredentialsOf } from './contract/credentials.ts';
import type { Deployer } from './contract/deployer.ts';

export interface CloudFormationSettings {
  /** `.cdkpipe` of the project: what stacks were before a run is kept there. */
  readonly store: string;
  /** For change sets and stacks; by default what the SDK finds by itself. Assets are published with the latter. */
  readonly credentialsOf?: CredentialsOf;
}

export function cloudFormationDeployer({ store, credentialsOf }: CloudFormationSettings): Deployer {
  const load = async (run: string) => {
    const [{ awsClients }, stacks] = await Promise.all([
      import('./cloudformation/aws-clients.ts'),
      import('./cloudformation/real-stacks.ts'),
    ]);
    return { stacks, clients: clientsOf(run, awsClients) };
  };
  const made = new Map<string, ReturnType<AwsClientsOf>>();
  const clientsOf = (run: string, make: AwsClientsOf) => {
    const clients = made.get(run) ?? make(run, credentialsOf);
    made.set(run, clients);
    return clients;
  };
  return {
    name: 'cloudformation',
    mode: 'deploy',
    // Assets are named by what they hold, change sets by the run, and an execution is looked for before it is begun.
    retry: { publish: 'safe', prepare: 'safe', execute: 'safe' },
    publish: async (target, tools) => (await import('./cloudformation/publish-assets.ts')).publishAssets(target, tools),
    prepare: async (target, tools) => {
      const { stacks, clients } = await load(target.run);
      return stacks.prepareStack(target, clients, tools);
    },
    execute: async (target, prepared, tools) => {
      const { stacks, clients } = await load(target.run);
      return stacks.executeStack(target, prepared, store, clients, tools);
    },
    rollback: async (target, tools) => {
      const [{ clients }, { rollBackStack }] = await Promise.all([
        load(target.run),
        import('./cloudformation/way-back.ts'),
      ]);
      return rollBackStack(target, store, clients, tools);
    },
  };
}

type AwsClientsOf = typeof import('./cloudformation/aws-clients.ts').awsClients;

/** @throws CdkpipeError `CREDENTIALS_MISSING` where the default chain of the SDK finds none */
export async function requireCredentials(): Promise<void> {
  await (await import('./cloudformation/aws-clients.ts')).requireCredentials();
}
