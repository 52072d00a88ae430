/** The directory of a project in which runs, their logs and what was rehearsed are kept. */
import { join } from 'node:path';

export function stateDirectory(projectDirectory: string): string {
  return join(projectDirectory, '.cdkpipe');
}
