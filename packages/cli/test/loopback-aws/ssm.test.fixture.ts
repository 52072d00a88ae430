/** Parameters of AWS Systems Manager. */
import { AwsFault } from './fault.test.fixture.ts';
import type { Place } from './resource-store.test.fixture.ts';
import type { Handlers, World } from './world.test.fixture.ts';

export const ssm: Handlers = {
  GetParameter: ({ world, input, account, region, authorize }) => {
    const name = String(input.Name);
    authorize('ssm:GetParameter', `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`);
    const value = findParameter(world, { account, region }, name);
    if (value === undefined) throw new AwsFault('ParameterNotFound', '');
    return { Parameter: { Name: name, Type: 'String', Value: value, Version: 1 } };
  },
};

export function findParameter({ store }: World, place: Place, name: string): string | undefined {
  const found = store.find('AWS::SSM::Parameter', name, place);
  return found && String(found.properties.Value);
}
