/** File systems that are mounted while a build runs. */
import type { BuildFileSystem } from '@cdkpipe/core';
import type { CfnProject } from 'aws-cdk-lib/aws-codebuild';

/** NFS asks for no IAM permission; security groups decide. */
export function fileSystemLocations(
  fileSystems: readonly BuildFileSystem[],
  region: string,
): CfnProject.ProjectFileSystemLocationProperty[] {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return fileSystems.map(({ identifier, fileSystemId, directory = '/', mountPoint, mountOptions }) => ({
    type: 'EFS',
    identifier,
    location: `${fileSystemId}.efs.${region}.${domain}:${directory}`,
    mountPoint,
    ...(mountOptions === undefined ? {} : { mountOptions }),
  }));
}
