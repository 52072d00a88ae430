/** What a workflow of GitHub can do. */
import { type BackendCapabilities, everyPosition, everyReference, everySource } from '@cdkpipe/core';

export function capabilities(): BackendCapabilities {
  const { connection, github, s3, ecr } = everySource;
  return {
    // Those in AWS are fetched beside a repository; as the source itself they are refused with what to do.
    sources: { connection, github, s3, ecr },
    // A machine and a network are runners, which `check` asks for.
    buildSettings: { honoured: ['exports', 'image', 'computeType', 'privileged', 'vpc', 'timeout'] },
    positions: everyPosition,
    references: everyReference,
    // The workflow is the committed file: a run that changed it would not be what a person has merged.
    selfUpdate: false,
    runInOtherEnvironments: true,
    rollback: false,
    terminationProtection: true,
  };
}
