/** Finds a project's definition without reading it, for commands that work on the project around it. */
import { resolve } from 'node:path';
import { findConfig } from '../loading/find-config.ts';

export interface FoundProject {
  /** The definition's file, absolute. */
  readonly file: string;
  /** The directory that holds it. */
  readonly directory: string;
}

/** @throws CdkpipeError (`source: 'user'`) when there is no definition */
export async function findProject(cwd: string, configPath?: string): Promise<FoundProject> {
  const { file, directory } = await findConfig({ cwd: resolve(cwd) }, configPath);
  return { file, directory };
}
