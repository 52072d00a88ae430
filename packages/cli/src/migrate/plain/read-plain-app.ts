/** Reads an app without a pipeline: from its cloud assembly, in whatever language it is written. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { findSourceRoot } from '@cdkpipe/core/host';
import { buildCommands } from '../../package-manager/build-commands.ts';
import { detectManager } from '../../package-manager/detect-manager.ts';
import { usualEnvironment } from '../../surroundings/aws-profiles.ts';
import { findGitRemote } from '../../surroundings/git-remote.ts';
import { type ReadStack, readAssembly } from '../compare/read-assembly.ts';
import { shellWord } from '../definition/shell-text.ts';
import type { LoadedApp } from '../load/run-app.ts';
import { groupStacks } from './group-stacks.ts';
import type { PlainApp } from './plain-app.ts';
import { readsDefaults } from './reads-defaults.ts';

export interface PlainRequest {
  readonly cwd: string;
  readonly command: string;
  /** Absolute path of the definition. */
  readonly file: string;
  /** Command that the caller gave. */
  readonly app?: string;
}

/** Undefined where the app has no stacks, or may have a pipeline that could not be read. */
export async function readPlainApp(
  { assembly, apps }: LoadedApp,
  { cwd, command, file, app }: PlainRequest,
): Promise<PlainApp | undefined> {
  const stacks = readAssembly(assembly);
  // Where nothing was recorded, the app is in another language or bundled, and its pipeline would not have been seen.
  if (stacks.length === 0 || (apps.length === 0 && stacks.some(holdsPipeline))) return undefined;
  const { manager, root } = await detectManager(cwd);
  const source = findSourceRoot(cwd, undefined).directory;
  const { install, run } = buildCommands[manager];
  const python = existsSync(join(cwd, 'requirements.txt')) ? ['pip install -r requirements.txt'] : [];
  return {
    name: nameOf(cwd),
    groups: groupStacks(stacks),
    remote: findGitRemote(cwd),
    usual: usualEnvironment(),
    install: [...goTo(source, root), ...install, ...goTo(root, cwd), ...python],
    run,
    command,
    ...(app !== undefined && { app }),
    readsDefaults: readsDefaults(cwd, file),
  };
}

/** Commands of the build begin at the root of the source, and a `cd` holds for those behind it. */
function goTo(from: string, to: string): string[] {
  const way = relative(realpathSync(from), realpathSync(to));
  return way === '' ? [] : [`cd ${shellWord(way.split(sep).join('/'))}`];
}

function holdsPipeline({ template: { Resources = {} } }: ReadStack): boolean {
  return Object.values(Resources as Record<string, { Type?: unknown }>).some(
    ({ Type }) => Type === 'AWS::CodePipeline::Pipeline',
  );
}

function nameOf(directory: string): string {
  try {
    const { name }: { name?: unknown } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    if (typeof name === 'string') return name.replace(/^@[^/]+\//, '');
  } catch {
    // The name of the directory is as good.
  }
  return basename(directory);
}
