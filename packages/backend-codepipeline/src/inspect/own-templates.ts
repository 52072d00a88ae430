/** Reads the templates of the pipeline's own stacks. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipelineStackName, updateStackName } from '../names/names.ts';
import type { Json } from './read-template.ts';

export interface EmittedTemplate {
  readonly file: string;
  readonly template: Json;
  readonly bytes: number;
}

export async function readOwnTemplates(directory: string, pipeline: string): Promise<EmittedTemplate[]> {
  const files = await readdir(directory);
  const own = files.filter((file) => file.endsWith('.template.json') && isOwn(file, pipeline)).sort();
  return Promise.all(
    own.map(async (file) => {
      const text = await readFile(join(directory, file));
      return { file, template: JSON.parse(text.toString('utf8')) as Json, bytes: text.byteLength };
    }),
  );
}

function isOwn(file: string, pipeline: string): boolean {
  const names = [pipelineStackName(pipeline), updateStackName(pipeline)];
  return names.some((name) => file === `${name}.template.json`) || file.startsWith(`${names[0]}-support-`);
}
