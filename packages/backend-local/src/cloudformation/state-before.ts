/** What a stack was before a run executed it, kept on this machine for the way back. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GetTemplateCommand, type Parameter, type Stack, type Tag } from '@aws-sdk/client-cloudformation';
import { isStillToCome } from './change-set.ts';
import type { OpenedStack } from './opened-stack.ts';

export interface StateBefore {
  /** Absent where there was no stack. */
  readonly stack?: { readonly template: string; readonly parameters: Parameter[]; readonly tags: Tag[] };
}

/**
 * Keeps it only once: when the call is made again after a crash, what stands there may be our own.
 *
 * @returns its file, relative to the store
 */
export async function keepBefore(opened: OpenedStack, store: string, stack: Stack | undefined): Promise<string> {
  const { run, deployment, stack: assembled } = opened.target;
  const name = join('runs', run, 'before', deployment, `${encodeURIComponent(assembled.id)}.stack.json`);
  const file = join(store, name);
  if (existsSync(file)) return name;
  const before: StateBefore =
    stack === undefined || isStillToCome(stack)
      ? {}
      : {
          stack: {
            template: await readTemplate(opened),
            parameters: (stack.Parameters ?? []).map(({ ParameterKey, ParameterValue }) => ({
              ...(ParameterKey === undefined ? {} : { ParameterKey }),
              ...(ParameterValue === undefined ? {} : { ParameterValue }),
            })),
            tags: stack.Tags ?? [],
          },
        };
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, JSON.stringify(before), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return name;
}

export function readBefore(store: string, name: string): StateBefore {
  return JSON.parse(readFileSync(join(store, name), 'utf8')) as StateBefore;
}

/** The template as it was given to CloudFormation. */
export async function readTemplate({ client, signal, ask, target }: OpenedStack): Promise<string> {
  const get = new GetTemplateCommand({ StackName: target.stack.stackName, TemplateStage: 'Original' });
  const { TemplateBody = '' } = await ask('GetTemplate', () => client.send(get, { abortSignal: signal }));
  return TemplateBody;
}
