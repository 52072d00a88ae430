/** Checks of what is written: the same each time, and nothing outside of the cloud assembly but the files that the backend returned. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Finding } from '../check/check.ts';
import { differencesOf } from '../trial/emitted.ts';
import type { BackendCheck } from './backend-check.ts';
import { definitionOf, drawWhole, isFinding, reasonOf } from './whole.ts';

export const sameBytesCheck: BackendCheck = {
  id: 'CB301',
  title: 'the same definition gives the same bytes, each time and in every directory',
  why: 'a pipeline that changes without a change of its definition updates itself for nothing, and reviews show what nobody did',
  fix: 'let render depend on its context alone: no clock, no random numbers, no absolute paths, no order of a directory',
  async run(opened) {
    const whole = await drawWhole(opened);
    if (isFinding(whole)) return [whole];
    const found: Finding[] = [];
    for (const [about, project] of [
      ['drawn again', 0],
      ['drawn in another directory', 1],
    ] as const) {
      const again = await opened.draw(definitionOf(opened), { project });
      if (again.type !== 'drawn') found.push({ about, message: reasonOf(again) });
      else
        found.push(
          ...differencesOf(whole.drawn.files, again.files).map((file) => ({ about, message: `${file} differs` })),
        );
    }
    return found;
  },
};

/** What the CDK writes about an assembly as a whole; a stack of the backend changes them. */
const ofTheWhole = new Set(['manifest.json', 'cdk.out', 'tree.json']);

export const ownFilesCheck: BackendCheck = {
  id: 'CB302',
  title: 'nothing is written but new files in the cloud assembly, and files of the project that render returned',
  why: 'what a deployment has was reviewed; a file beside the definition may be committed by mistake, or change the next synth',
  fix: 'add stacks to the app, return files from render, and leave the assemblies of deployments as they are',
  async run(opened) {
    const definition = definitionOf(opened);
    const bare = await opened.draw(definition, { project: 2, withoutBackend: true });
    if (bare.type !== 'drawn') return [{ about: 'the core alone', message: reasonOf(bare) }];
    const before = filesIn(opened.project(2), []);
    const drawn = await opened.draw(definition, { project: 2 });
    if (drawn.type !== 'drawn') return [{ about: 'the whole pipeline', message: reasonOf(drawn) }];
    const returned = [...drawn.files.keys()].flatMap((file) =>
      file.startsWith('./') ? [join(drawn.project, file)] : [],
    );
    const after = filesIn(opened.project(2), [drawn.directory, drawn.emitted.project, ...returned]);
    return [
      ...differencesOf(before, after).map((file) => ({
        about: file,
        message: 'it was written outside of the assembly, and render did not return it',
      })),
      ...[...bare.files]
        .filter(([file, text]) => !ofTheWhole.has(file) && drawn.files.get(file) !== text)
        .map(([file]) => ({ about: file, message: 'the core wrote it, and the backend changed it' })),
    ];
  },
};

function filesIn(directory: string, except: readonly string[]): ReadonlyMap<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) => !file.includes('node_modules') && !except.some((each) => file === each || file.startsWith(`${each}/`)),
    );
  return new Map(files.sort().map((file) => [relative(directory, file), readFileSync(file, 'latin1')]));
}
