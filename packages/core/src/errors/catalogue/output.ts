/** Words for what stands in the way of writing. */
import type { Problem } from '../problem.ts';

export const outputNotAnAssembly = (output: string): Problem => ({
  code: 'OUTPUT_NOT_AN_ASSEMBLY',
  message: `"${output}" holds files that are not a cloud assembly, and synth would replace them`,
  fix: 'choose an empty or new directory with --output, or remove the files',
});

export const outputNotWritable = (output: string, message: string): Problem => ({
  code: 'OUTPUT_NOT_WRITABLE',
  message: `the cloud assembly cannot be written to "${output}": ${message}`,
  fix: 'choose another directory with --output, or mend its permissions',
});

export const outputElsewhere = (written: string, expected: string): Problem => ({
  code: 'OUTPUT_ELSEWHERE',
  message: `the cloud assembly is in "${written}" of the workspace, but the build is to leave it in "${expected}"`,
  path: 'build.output',
  fix: `write output: '${written}' in the build, or let a later command move the assembly; "${expected}" is relative to the root of the source`,
});

export const projectFileForeign = (file: string): Problem => ({
  code: 'PROJECT_FILE_FOREIGN',
  message: `"${file}" is there, and cdkpipe did not write it from this definition`,
  fix: 'remove or rename the file, or give the pipeline another name',
});

export const projectFileOutside = (file: string): Problem => ({
  code: 'PROJECT_FILE_OUTSIDE',
  message: `"${file}" would be written outside of the source: a directory on the way is a link`,
  fix: 'replace the link with a directory',
});

export const projectFileLeft = (file: string): Problem => ({
  code: 'PROJECT_FILE_LEFT',
  message: `"${file}" was written from this definition, which no longer makes it; what it does goes on`,
  fix: 'remove the file',
});

export const projectFilesNotWritable = (directory: string, message: string): Problem => ({
  code: 'OUTPUT_NOT_WRITABLE',
  message: `files of the project cannot be written to "${directory}": ${message}`,
  fix: 'correct the permissions of the directory; nothing has changed',
});
