/** Amazon Elastic Container Registry, as far as the publishing of images asks it. */
import { AwsFault } from './fault.test.fixture.ts';
import type { Handlers, Operation } from './world.test.fixture.ts';

export const ecr: Handlers = {
  DescribeRepositories: (operation) => {
    const names = (operation.input.repositoryNames ?? []) as string[];
    const repositories = names.map((name) => getRepository(operation, 'ecr:DescribeRepositories', name));
    return {
      repositories: repositories.map(({ name, account, arn }) => ({
        repositoryName: name,
        repositoryArn: arn,
        registryId: account,
        repositoryUri: uriOf(operation, name),
      })),
    };
  },
  DescribeImages: (operation) => {
    getRepository(operation, 'ecr:DescribeImages', String(operation.input.repositoryName));
    throw new AwsFault('ImageNotFoundException', 'The image with imageId does not exist within the repository');
  },
  GetAuthorizationToken: ({ account, region, authorize }) => {
    authorize('ecr:GetAuthorizationToken', '*');
    const authorizationToken = Buffer.from('AWS:password').toString('base64');
    const proxyEndpoint = `https://${account}.dkr.ecr.${region}.amazonaws.com`;
    return { authorizationData: [{ authorizationToken, proxyEndpoint, expiresAt: Date.now() / 1000 + 43_200 }] };
  },
};

const uriOf = ({ account, region }: Operation, name: string) => `${account}.dkr.ecr.${region}.amazonaws.com/${name}`;

function getRepository({ world, account, region, authorize }: Operation, action: string, name: string) {
  authorize(action, `arn:aws:ecr:${region}:${account}:repository/${name}`);
  const found = world.store.find('AWS::ECR::Repository', name, { account, region });
  if (!found)
    throw new AwsFault(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${account}'`,
    );
  return found;
}
