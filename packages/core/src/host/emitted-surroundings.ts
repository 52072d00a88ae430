/** The files that taps of `emit` may change, and the gates in them. */
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gateOccurrenceLost } from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import { type Change, describeChanges } from '../hooks/describe-changes.ts';
import { judgeRenderedGates } from '../hooks/judge-gates.ts';
import type { Surroundings } from '../hooks/surroundings.ts';
import { isGate } from '../plan/node.ts';
import type { Project } from './configure.ts';
import { isTemplate, listFiles } from './list-files.ts';
import type { PlannedProject } from './make-plan.ts';
import { gatesIn } from './rendered-surroundings.ts';

/** What tells one state of a file from another; nobody can set the time of the last change of its inode. */
type Marks = ReadonlyMap<string, string>;

export async function emittedSurroundings(
  project: Project,
  planned: PlannedProject,
  directory: string,
): Promise<Surroundings> {
  let marks = await readMarks(directory);
  let templates = await readTemplates(directory);
  return {
    look: async (describe) => {
      const [oldMarks, oldTemplates] = [marks, templates];
      marks = await readMarks(directory);
      const changed = [...new Set([...oldMarks.keys(), ...marks.keys()])].filter(
        (file) => oldMarks.get(file) !== marks.get(file),
      );
      if (changed.length === 0) return { changes: [], problems: [] };
      templates = await readTemplates(directory);
      const changes = describe ? changed.sort().flatMap((file) => changesOf(file)) : [];
      return { changes, problems: await problemsOf() };

      function changesOf(file: string): Change[] {
        if (!oldMarks.has(file)) return [{ type: 'added', place: [file] }];
        if (!marks.has(file)) return [{ type: 'removed', place: [file] }];
        const [before, after] = [oldTemplates.get(file), templates.get(file)];
        if (before === undefined || after === undefined) return [{ type: 'changed', place: [file] }];
        return describeChanges({ [file]: before }, { [file]: after });
      }

      async function problemsOf(): Promise<readonly Problem[]> {
        const { plan } = planned;
        const { gates, problems } = await project.backend.inspect(plan, directory, project.backendOptions);
        const lost = plan.nodes.flatMap((node) =>
          isGate(node) && !gates.includes(node.id) ? [gateOccurrenceLost(node.gate, node.id)] : [],
        );
        const [before, after] = [gatesIn(project, planned, oldTemplates), gatesIn(project, planned, templates)];
        return [...problems, ...lost, ...judgeRenderedGates(plan, before, after, project.registry)];
      }
    },
  };
}

async function readMarks(directory: string): Promise<Marks> {
  const files = await listFiles(directory);
  const marks = files.map(async (file): Promise<[string, string]> => {
    const { ctimeNs, size, ino } = await lstat(join(directory, file), { bigint: true });
    return [file, [ctimeNs, size, ino].join()];
  });
  return new Map(await Promise.all(marks));
}

/** Templates by their file; one that is no longer JSON is left out. */
export async function readTemplates(directory: string): Promise<ReadonlyMap<string, unknown>> {
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
