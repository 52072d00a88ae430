/** Emits the hook `emit`, and makes sure that what is swapped in afterwards is what its taps left behind. */
import type { EmitEvent } from '../contracts/hooks.ts';
import { attribution, filesChangedLater } from '../errors/catalogue/plugins.ts';
import { pluginFailed } from '../errors/cdkpipe-error.ts';
import { inSurroundings } from '../hooks/surroundings.ts';
import type { Project } from './configure.ts';
import { emittedSurroundings } from './emitted-surroundings.ts';
import { listFiles } from './list-files.ts';
import type { PlannedProject } from './make-plan.ts';

/**
 * @returns the files, with those that taps have added
 * @throws CdkpipeError (`source: 'plugin'`) when a tap fails, changes a gate in the files, or goes on writing
 */
export async function emitFiles(
  project: Project,
  planned: PlannedProject,
  event: EmitEvent,
): Promise<readonly string[]> {
  const { hooks, registry } = project;
  if (!hooks.emit.isUsed()) return event.files;
  const surroundings = await emittedSurroundings(project, planned, event.directory);
  await hooks.emit.promise(inSurroundings(event, surroundings));
  const { changes } = await surroundings.look(true);
  const [first] = changes;
  if (first) {
    const taps = registry.plugins.filter((plugin) => plugin.hooks?.emit !== undefined);
    const problem = filesChangedLater(String(first.place[0]));
    throw pluginFailed(taps.map((plugin) => ({ ...problem, ...attribution(plugin), hook: 'emit' })));
  }
  return listFiles(event.directory);
}
