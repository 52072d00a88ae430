/** Faults of what was emitted. */
import type { Problem } from '@cdkpipe/core';

export const pipelineMissing = (file: string): Problem => ({
  code: 'PIPELINE_MISSING',
  message: `no AWS::CodePipeline::Pipeline was found in "${file}"`,
  fix: 'if `customize` or a plugin takes it away, leave it',
});

export const artifactWithoutProducer = (artifact: string, action: string): Problem => ({
  code: 'ARTIFACT_WITHOUT_PRODUCER',
  message: `${action} takes the artifact "${artifact}", which no earlier action makes`,
  fix: 'name an artifact that an action of an earlier stage or run order puts out',
});

export const artifactTwice = (artifact: string, action: string): Problem => ({
  code: 'ARTIFACT_MADE_TWICE',
  message: `${action} puts out the artifact "${artifact}", which another action already makes`,
  fix: 'give each output artifact a name of its own',
});

export const regionWithoutStore = (region: string, action: string): Problem => ({
  code: 'REGION_WITHOUT_STORE',
  message: `${action} works in "${region}", for which the pipeline has no artifact store`,
  fix: `add a bucket in ${region} to ArtifactStores`,
});

export const nameTwice = (what: string, name: string, where: string): Problem => ({
  code: 'NAME_TWICE',
  message: `two ${what}s of ${where} are called "${name}"`,
  fix: 'give each a name of its own',
});

/** @param key of the action's configuration, which names the file */
export const templateNotSelected = (key: string, file: string, action: string): Problem => ({
  code: 'TEMPLATE_NOT_SELECTED',
  message: `"${key}" of ${action} is "${file}", which is not in the action's input artifacts as the build uploads them`,
  fix: 'add the artifact to the inputs of the action, and the file to `files` of the artifact in the buildspec of the project that makes it; if `customize` or a plugin removes one, keep it',
});
