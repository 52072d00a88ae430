/** What a stack was before a run executed it, kept on this machine for the way back. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GetTemplateCommand, type Parameter, type Stack, type Tag } from '@aws-sdk/client-cloudformation';
import type { StackTarget } from '../contract/deployer.ts';
import { isStillToCome } from './change-set.ts';
import type { OpenedStack } from './opened-stack.ts';

export interface StateBefore {
  /** Absent where there was no stack. */
  readonly stack?: { readonly template: string; readonly parameters: Parameter[]; readonly tags: Tag[] };
}

/** Keeps it only once: when the call is made again after a crash, what stands there may be our own. */
export async function keepBefore(opened: OpenedStack, store: string, stack: Stack | undefined): Promise<void> {
  const file = beforeFile(store, opened.target);
  if (existsSync(file)) return;
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
}

function beforeFile(store: string, { run, deployment, stack }: StackTarget): string {
  return join(store, 'runs', run, 'before', deployment, `${encodeURIComponent(stack.id)}.stack.json`);
}

/** Undefined where the run has not begun to execute the stack. */
export function findBefore(store: string, target: StackTarget): StateBefore | undefined {
  const file = beforeFile(store, target);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StateBefore) : undefined;
}

/** The template as it was given to CloudFormation. */
export async function readTemplate({ client, signal, ask, target }: OpenedStack): Promise<string> {
  const get = new GetTemplateCommand({ StackName: target.stack.stackName, TemplateStage: 'Original' });
  const { TemplateBody = '' } = await ask('GetTemplate', () => client.send(get, { abortSignal: signal }));
  return TemplateBody;
}
