/** Where a definition can import the class of a stage from. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { OldStage } from '../old-app/old-app.ts';

export interface FoundClass {
  /** Module specifier for the file `target`. */
  readonly from: string;
  readonly exportName: string;
  readonly name: string;
}

/**
 * Looks first at how the app itself imports the class, then at the file that holds it.
 *
 * @param target file of the definition
 * @param entries files that run the app when they are imported
 */
export function findClass(stage: OldStage, target: string, entries: readonly string[]): FoundClass | undefined {
  if (stage.class === undefined) return undefined;
  const { name, file, exportName } = stage.class;
  const imported = stage.at && importedIn(stage.at.file, name);
  if (imported !== undefined && !imported.from.startsWith('.')) return { ...imported, name };
  if (imported !== undefined && stage.at !== undefined) {
    const path = resolve(dirname(stage.at.file), imported.from);
    if (!runsApp(path, entries)) return { ...imported, from: specifier(target, path), name };
  }
  if (file === undefined || runsApp(file, entries)) return undefined;
  const source = sourceOf(file);
  const exported = exportName ?? exportedName(source, name);
  return exported === undefined
    ? undefined
    : { from: specifier(target, withoutExtension(source)), exportName: exported, name };
}

/** How the file imports the name, as an ES module writes it. */
function importedIn(file: string, name: string): { readonly from: string; readonly exportName: string } | undefined {
  for (const [, clause = '', from = ''] of readText(sourceOf(file)).matchAll(
    /^\s*import\s+(?!type\b)([\w$\s{},*]+?)\s+from\s+['"]([^'"]+)['"]/gm,
  )) {
    const [, defaultName] = /^([\w$]+)/.exec(clause) ?? [];
    if (defaultName === name) return { from, exportName: 'default' };
    const named = (/\{([^}]*)\}/.exec(clause)?.[1] ?? '').split(',').map((part) => part.trim().replace(/^type\s+/, ''));
    for (const part of named) {
      const [exportName = '', local = exportName] = part.split(/\s+as\s+/);
      // A class that is renamed where it is imported keeps its own name.
      if (local === name || exportName === name) return { from, exportName };
    }
  }
  return undefined;
}

function exportedName(file: string, name: string): string | undefined {
  const text = readText(file);
  const escaped = name.replaceAll('$', '\\$');
  if (new RegExp(`\\bexport\\s+default\\s+(?:abstract\\s+)?class\\s+${escaped}\\b`).test(text)) return 'default';
  if (new RegExp(`\\bexport\\s+(?:abstract\\s+)?class\\s+${escaped}\\b`).test(text)) return name;
  if (new RegExp(`\\bexport\\s*\\{[^}]*\\b${escaped}\\b(?!\\s+as)[^}]*\\}`).test(text)) return name;
  return undefined;
}

/** The TypeScript of a compiled file, if it is beside it. */
function sourceOf(file: string): string {
  const source = file.replace(/\.([cm]?)js$/, '.$1ts');
  return existsSync(source) ? source : file;
}

function runsApp(path: string, entries: readonly string[]): boolean {
  const files = candidates(path).map(sourceOf);
  return entries.some((entry) => files.includes(sourceOf(entry)));
}

function candidates(path: string): string[] {
  const all = [
    path,
    `${path}.ts`,
    `${path}.js`,
    `${path}.mts`,
    path.replace(/\.([cm]?)js$/, '.$1ts'),
    join(path, 'index.ts'),
    join(path, 'index.js'),
  ];
  return all.filter((file) => existsSync(file) && statSync(file).isFile());
}

function specifier(target: string, path: string): string {
  const found = relative(dirname(target), path).split(sep).join('/');
  return found.startsWith('.') ? found : `./${found}`;
}

function withoutExtension(file: string): string {
  return file.replace(/\.(?:ts|js)$/, '');
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
