/** Steps that jobs share. */
import type { PinnedAction } from '../github/pinned-actions.ts';
import { usesOf } from '../github/pinned-actions.ts';
import { expression } from '../workflow/expression.ts';
import type { RunStep, WorkflowStep } from '../workflow/workflow.ts';
import { assemblyDirectory, assemblyFile, pack, runnerCommand, unpack, type Verb, workDirectory } from './scripts.ts';
import type { Spelling } from './spelling.ts';

export const assemblyArtifact = 'cdkpipe-assembly';

export function uploadSteps(
  upload: PinnedAction,
  given: { readonly id: string; readonly artifact: string; readonly directory: string },
): WorkflowStep[] {
  const tar = tarOf(given.artifact);
  return [
    {
      name: `Pack ${given.artifact}`,
      id: given.id,
      env: { CDKPIPE_DIRECTORY: given.directory, CDKPIPE_TAR: tar },
      run: pack,
    },
    {
      name: `Upload ${given.artifact}`,
      uses: usesOf(upload),
      // The directory of the file is hidden; a run that is repeated takes the place of what it made before.
      with: {
        name: given.artifact,
        path: tar,
        'if-no-files-found': 'error',
        'include-hidden-files': true,
        overwrite: true,
      },
    },
  ];
}

/** @param digest expression for the digest that the job that made it has given */
export function downloadSteps(
  download: PinnedAction,
  given: { readonly artifact: string; readonly directory: string; readonly digest: string },
): WorkflowStep[] {
  return [
    { name: `Download ${given.artifact}`, uses: usesOf(download), with: { name: given.artifact, path: workDirectory } },
    {
      name: `Verify ${given.artifact}`,
      env: { CDKPIPE_DIGEST: given.digest, CDKPIPE_DIRECTORY: given.directory, CDKPIPE_TAR: tarOf(given.artifact) },
      run: unpack,
    },
  ];
}

function tarOf(artifact: string): string {
  return artifact === assemblyArtifact ? assemblyFile : `${workDirectory}/${artifact}.tar`;
}

/** The cloud assembly, as the build has made it. */
export function assemblySteps({ actions, jobs }: Spelling): WorkflowStep[] {
  const build = jobs.find(({ type }) => type === 'build')?.id ?? '';
  const digest = expression(`needs.${build}.outputs.assembly`);
  return downloadSteps(actions.download, { artifact: assemblyArtifact, directory: assemblyDirectory, digest });
}

/** A verb of the runner; which job it works for it knows from `GITHUB_JOB`. */
export function runnerStep(verb: Verb, name: string, env: Readonly<Record<string, string>> = {}): RunStep {
  return {
    name,
    id: verb,
    ...(Object.keys(env).length === 0 ? {} : { env: { ...env } }),
    run: runnerCommand(verb),
  };
}

/** Reads the approvals of the run. Its token may do nothing else, and only this step has it. */
export function proveStep(): RunStep {
  return runnerStep('prove', 'Prove the approvals', { GITHUB_TOKEN: expression('github.token') });
}
