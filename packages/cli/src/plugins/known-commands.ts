/** Which commands a project has in `node_modules/.bin`, and of which package each is. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { findPackage } from '@cdkpipe/core/host';
import { dependenciesOf } from '../installed/dependencies-of.ts';
import { commandsIn } from '../registry/package-facts.ts';

/**
 * Also those that its dependencies say they have, as another package may have been linked in their place already.
 *
 * @param own directory of the package, and `root` of its workspace
 */
export function knownCommands(own: string, root: string): Map<string, string> {
  const linked = [root, own].flatMap((directory) => commandsAt(join(directory, 'node_modules', '.bin')));
  const said = Object.keys(dependenciesOf(own)).flatMap((name) =>
    commandsIn({ ...findPackage(name, own)?.description }).map((command): [string, string] => [command, name]),
  );
  return new Map([...linked.filter(([, owner]) => owner !== ''), ...said]);
}

function commandsAt(directory: string): [string, string][] {
  try {
    return readdirSync(directory).map((name) => [plainCommand(name), packageOf(join(directory, name))]);
  } catch {
    // Nothing is installed.
    return [];
  }
}

/** As it is typed, on systems that do not tell letters by case or look for a file with an extension. */
export function plainCommand(name: string): string {
  return name.toLowerCase().replace(/\.(cmd|ps1|exe|bat|sh)$/, '');
}

/** A link, or a script of pnpm or of Windows that runs a file of the package; empty where that cannot be told. */
function packageOf(command: string): string {
  try {
    const real = realpathSync(command).replaceAll('\\', '/');
    return lastPackageIn(real) ?? lastPackageIn(readFileSync(command, 'utf8').slice(0, 10_000)) ?? '';
  } catch {
    return '';
  }
}

function lastPackageIn(text: string): string | undefined {
  const names = [...text.matchAll(/(?:node_modules|\$basedir\/\.\.)\/((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)\//g)];
  return names.map(([, name]) => name).findLast((name) => name !== '.bin' && name !== '.pnpm');
}
