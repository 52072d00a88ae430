/** Holds what CloudFormation actions read against what the emitted buildspec uploads for them. */
import type { Problem } from '@cdkpipe/core';
import { type FileSelection, isSelected } from '../artifacts/select-files.ts';
import { limits } from '../aws/limits.ts';
import { checkNumber } from '../check/within-limits.ts';
import { templateNotSelected } from '../problems/emitted.ts';
import { measureFiles } from './measure-files.ts';
import {
  asArray,
  asObject,
  type EmittedAction,
  type EmittedPipeline,
  type Json,
  type JsonObject,
  nameOfAction,
  resourcesOf,
} from './read-template.ts';

export interface Assembly {
  /** Where it was written. */
  readonly directory: string;
  /** As the build names its directory. */
  readonly output: string;
}

/** Templates and configurations that an action would not find, and artifacts larger than CloudFormation actions take. */
export async function checkTemplates(
  template: Json,
  pipeline: EmittedPipeline,
  assembly: Assembly,
): Promise<Problem[]> {
  const actions = pipeline.stages.flatMap((stage) => stage.actions);
  const uploads = uploadsOf(template, actions);
  const readers = actions.filter(({ provider }) => provider === 'CloudFormation');
  const read = new Set(readers.flatMap(({ inputs }) => inputs));
  const sizes = await Promise.all([...read].map((artifact) => checkSize(artifact, uploads.get(artifact), assembly)));
  return [...readers.flatMap((action) => checkFiles(action, uploads)), ...sizes.flat()];
}

interface Upload {
  readonly directory: string;
  readonly selection: FileSelection;
}

/** By artifact; those whose buildspec is not known here, as it is YAML of `customize` or in the source, are left out. */
function uploadsOf(template: Json, actions: readonly EmittedAction[]): ReadonlyMap<string, Upload> {
  const projects = new Map(resourcesOf(template).map(({ logicalId, properties }) => [logicalId, properties]));
  return new Map(
    actions.flatMap(({ provider, configuration, outputs }) => {
      const project = projects.get(String(asObject(configuration.ProjectName).Ref));
      const artifacts = provider === 'CodeBuild' && project ? readArtifacts(project) : undefined;
      if (!artifacts) return [];
      const parts = asObject(artifacts['secondary-artifacts']);
      return outputs.map((output) => [output, readUpload(outputs.length > 1 ? asObject(parts[output]) : artifacts)]);
    }),
  );
}

function readArtifacts({ Source }: JsonObject): JsonObject | undefined {
  const { BuildSpec } = asObject(Source);
  if (typeof BuildSpec !== 'string') return undefined;
  try {
    return asObject(asObject(JSON.parse(BuildSpec) as Json).artifacts);
  } catch {
    return undefined;
  }
}

function readUpload(part: JsonObject): Upload {
  const texts = (key: string) => asArray(part[key]).map(String);
  return {
    directory: String(part['base-directory'] ?? '.'),
    selection: { files: texts('files'), excludePaths: texts('exclude-paths') },
  };
}

function checkFiles(action: EmittedAction, uploads: ReadonlyMap<string, Upload>): Problem[] {
  return ['TemplatePath', 'TemplateConfiguration'].flatMap((key) => {
    const written = action.configuration[key];
    if (typeof written !== 'string') return [];
    const [artifact = '', file = ''] = written.split('::');
    const upload = uploads.get(artifact);
    const isThere = action.inputs.includes(artifact) && (!upload || isSelected(upload.selection, file));
    return isThere ? [] : [templateNotSelected(key, written, nameOfAction(action))];
  });
}

/** Counted before they are compressed, as AWS does not say which size it limits. */
async function checkSize(artifact: string, upload: Upload | undefined, assembly: Assembly): Promise<Problem[]> {
  if (upload?.directory !== assembly.output) return [];
  const { files, bytes } = await measureFiles(assembly.directory, upload.selection);
  const subject = `the artifact "${artifact}"`;
  const place = { path: 'build.output' };
  return [
    ...checkNumber(limits.deployedBytes, subject, bytes, place),
    ...checkNumber(limits.deployedFiles, subject, files, place),
  ];
}
