/** Connections to providers of repositories, of both services that have them. */
import { AwsFault } from './fault.test.fixture.ts';
import type { Handlers } from './world.test.fixture.ts';

/** The service in the ARN decides which API knows a connection. */
export const connectionsOf = (service: 'codeconnections' | 'codestar-connections'): Handlers => ({
  // https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_GetConnection.html
  GetConnection: ({ world, input, authorize }) => {
    const arn = String(input.ConnectionArn);
    authorize(`${service}:GetConnection`, arn);
    const status = arn.split(':')[2] === service ? world.connections.get(arn) : undefined;
    if (status === undefined) throw new AwsFault('ResourceNotFoundException', `Connection ${arn} not found`);
    return { Connection: { ConnectionArn: arn, ConnectionStatus: status, ProviderType: 'GitHub' } };
  },
});
