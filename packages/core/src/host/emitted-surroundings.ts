/** The files that taps of `emit` may change, and the gates in them. */
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emitted, EmittedContent } from '../contracts/artifact.ts';
import { gateOccurrenceLost } from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import { type Change, describeChanges } from '../hooks/describe-changes.ts';
import { judgeRenderedGates } from '../hooks/judge-gates.ts';
import type { Surroundings } from '../hooks/surroundings.ts';
import { isTemplate, listFiles } from '../output/list-files.ts';
import { isGate } from '../plan/node.ts';
import type { Project } from './configure.ts';
import type { PlannedProject } from './make-plan.ts';
import { gatesIn } from './rendered-surroundings.ts';

/** What tells one state of a file from another; nobody can set the time of the last change of its inode. */
type Marks = ReadonlyMap<string, string>;

export async function emittedSurroundings(
  project: Project,
  planned: PlannedProject,
  emitted: Emitted,
): Promise<Surroundings> {
  let marks = await readMarks(emitted);
  let content = await readContent(emitted);
  return {
    look: async (describe) => {
      const [oldMarks, oldContent] = [marks, content];
      marks = await readMarks(emitted);
      const changed = [...new Set([...oldMarks.keys(), ...marks.keys()])].filter(
        (file) => oldMarks.get(file) !== marks.get(file),
      );
      if (changed.length === 0) return { changes: [], problems: [] };
      content = await readContent(emitted);
      const changes = describe ? changed.sort().flatMap((file) => changesOf(file)) : [];
      return { changes, problems: await problemsOf() };

      function changesOf(file: string): Change[] {
        if (!oldMarks.has(file)) return [{ type: 'added', place: [file] }];
        if (!marks.has(file)) return [{ type: 'removed', place: [file] }];
        const [before, after] = [oldContent.templates.get(file), content.templates.get(file)];
        if (before === undefined || after === undefined) return [{ type: 'changed', place: [file] }];
        return describeChanges({ [file]: before }, { [file]: after });
      }

      async function problemsOf(): Promise<readonly Problem[]> {
        const { plan } = planned;
        const { gates, problems } = await project.backend.inspect(plan, emitted, project.backendOptions);
        const lost = plan.nodes.flatMap((node) =>
          isGate(node) && !gates.includes(node.id) ? [gateOccurrenceLost(node.gate, node.id)] : [],
        );
        const [before, after] = [gatesIn(project, planned, oldContent), gatesIn(project, planned, content)];
        return [...problems, ...lost, ...judgeRenderedGates(plan, before, after, project.registry)];
      }
    },
  };
}

/** Files of the project begin with `./`, those of the assembly do not. */
async function readMarks({ assembly, project }: Emitted): Promise<Marks> {
  const marks = [assembly, project].map(async (directory) => {
    const files = await listFiles(directory);
    return files.map(async (file): Promise<[string, string]> => {
      const { ctimeNs, size, ino } = await lstat(join(directory, file), { bigint: true });
      return [directory === project ? `./${file}` : file, [ctimeNs, size, ino].join()];
    });
  });
  return new Map(await Promise.all((await Promise.all(marks)).flat()));
}

export async function readContent({ assembly, project }: Emitted): Promise<EmittedContent> {
  return { templates: await readTemplates(assembly), files: await readTexts(project) };
}

/** Texts by their file. */
export async function readTexts(directory: string): Promise<ReadonlyMap<string, string>> {
  const read = (await listFiles(directory)).map(
    async (file): Promise<[string, string]> => [file, await readFile(join(directory, file), 'utf8')],
  );
  return new Map(await Promise.all(read));
}

/** Templates by their file; one that is no longer JSON is left out. */
async function readTemplates(directory: string): Promise<ReadonlyMap<string, unknown>> {
  const files = (await listFiles(directory)).filter(isTemplate);
  const read = files.map(async (file): Promise<[string, unknown][]> => {
    try {
      return [[file, JSON.parse(await readFile(join(directory, file), 'utf8'))]];
    } catch {
      return [];
    }
  });
  return new Map((await Promise.all(read)).flat());
}
