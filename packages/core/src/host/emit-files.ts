/** Emits the hook `emit`, and makes sure that what is swapped in afterwards is what its taps left behind. */
import type { Emitted } from '../contracts/artifact.ts';
import { attribution, filesChangedLater } from '../errors/catalogue/plugins.ts';
import { pluginFailed } from '../errors/cdkpipe-error.ts';
import { inSurroundings } from '../hooks/surroundings.ts';
import { listFiles } from '../output/list-files.ts';
import type { Project } from './configure.ts';
import { emittedSurroundings } from './emitted-surroundings.ts';
import type { PlannedProject } from './make-plan.ts';

/** Paths of files, each relative to its root. */
export type EmittedFiles = Readonly<Record<keyof Emitted, readonly string[]>>;

/**
 * @returns the files, with those that taps have added
 * @throws CdkpipeError (`source: 'plugin'`) when a tap fails, changes a gate in the files, or goes on writing
 */
export async function emitFiles(project: Project, planned: PlannedProject, emitted: Emitted): Promise<EmittedFiles> {
  const { hooks, registry } = project;
  const files = await filesIn(emitted);
  if (!hooks.emit.isUsed()) return files;
  const event = {
    directory: emitted.assembly,
    files: files.assembly,
    project: { directory: emitted.project, files: files.project },
  };
  const surroundings = await emittedSurroundings(project, planned, emitted);
  await hooks.emit.promise(inSurroundings(event, surroundings));
  const { changes } = await surroundings.look(true);
  const [first] = changes;
  if (first) {
    const taps = registry.plugins.filter((plugin) => plugin.hooks?.emit !== undefined);
    const problem = filesChangedLater(String(first.place[0]));
    throw pluginFailed(taps.map((plugin) => ({ ...problem, ...attribution(plugin), hook: 'emit' })));
  }
  return filesIn(emitted);
}

async function filesIn({ assembly, project }: Emitted): Promise<EmittedFiles> {
  return { assembly: await listFiles(assembly), project: await listFiles(project) };
}
