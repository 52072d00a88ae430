/** Puts the cloud assembly and the files of the project in place: all of them, or none. */
import { projectFilesNotWritable } from '../errors/catalogue/output.ts';
import { refused } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { FreshDirectory } from './output-directory.ts';
import { type ProjectFiles, prepareProjectFiles } from './project-files.ts';

/** @throws CdkpipeError (`source: 'user'`) where a file of the project cannot be written; all is as it was then */
export async function writeTogether(fresh: FreshDirectory, files: ProjectFiles): Promise<void> {
  using replacement = await prepareProjectFiles(files).catch((cause: unknown) => {
    throw refused([projectFilesNotWritable(files.root, describeThrown(cause))], { cause });
  });
  await fresh.swapIn(() => replacement.swapIn());
}
