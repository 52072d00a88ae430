/** A source of each type and each trigger, and a value of each setting of a build, as data. */
import { type BackendCapabilities, type BuildSetting, everySource, type Source } from '@cdkpipe/core';

type SourceType = Source['type'];

const sources: Readonly<Record<SourceType, object>> = {
  codeCommit: { type: 'codeCommit', repository: 'conformance' },
  connection: {
    type: 'connection',
    repository: 'acme/conformance',
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/11111111-2222-3333-4444-555555555555',
  },
  github: { type: 'github', repository: 'acme/conformance' },
  s3: { type: 's3', bucket: 'conformance-source', key: 'source.zip' },
  ecr: { type: 'ecr', repository: 'conformance' },
};

export interface SourceSample {
  readonly type: SourceType;
  readonly trigger: Source['trigger'];
  readonly source: object;
}

/** Every type with every trigger that it can have. */
export const sourceSamples: readonly SourceSample[] = (Object.keys(sources) as SourceType[]).flatMap((type) =>
  everySource[type].triggers.map((trigger) => ({
    type,
    trigger,
    source: {
      ...sources[type],
      ...(trigger === 'filters' ? { triggers: { push: [{ branches: { include: ['main'] } }] } } : { trigger }),
    },
  })),
);

export const takesSource = ({ sources }: BackendCapabilities, { type, trigger }: SourceSample): boolean =>
  sources[type]?.triggers.includes(trigger) ?? false;

/** The first that the backend takes. */
export function findSource(capabilities: BackendCapabilities): object {
  const found = sourceSamples.find((sample) => takesSource(capabilities, sample));
  if (!found) throw new Error('the capabilities name no source with a trigger');
  return found.source;
}

export const settingSamples: Readonly<Record<BuildSetting, unknown>> = {
  exports: ['VERSION'],
  image: 'aws/codebuild/standard:7.0',
  computeType: 'medium',
  privileged: true,
  cache: { type: 'local', modes: ['source'] },
  vpc: {
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0'],
    securityGroupIds: ['sg-0123456789abcdef0'],
  },
  fileSystems: [{ identifier: 'files', fileSystemId: 'fs-0123456789abcdef0', mountPoint: '/mnt/files' }],
  logging: { cloudWatch: { retention: 30 } },
  buildSpec: { env: { shell: 'bash' } },
  timeout: 30,
  rolePolicy: [{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::conformance/*'] }],
};
