/** Names in a script: which are in use, and what a new import is called. */
import type { File, Identifier, ImportDeclaration, Node } from '@babel/types';

/** Every identifier of the file, in the order of the text. */
export function identifiersIn(node: Node | File): Identifier[] {
  const found: Identifier[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null && 'type' in value) {
      if (value.type === 'Identifier') found.push(value as Identifier);
      for (const [key, child] of Object.entries(value))
        if (key !== 'loc' && key !== 'tokens' && !key.endsWith('omments')) visit(child);
    }
  };
  visit(node);
  return found;
}

export function importsOf({ program }: File, name: string): ImportDeclaration[] {
  return program.body.filter(
    (statement): statement is ImportDeclaration =>
      statement.type === 'ImportDeclaration' && statement.source.value === name,
  );
}

/** The local name of a package's default export, where it is imported. */
export function defaultImportOf(file: File, name: string): string | undefined {
  for (const { specifiers, importKind } of importsOf(file, name)) {
    if (importKind === 'type') continue;
    for (const specifier of specifiers) {
      const isDefault =
        specifier.type === 'ImportDefaultSpecifier' ||
        (specifier.type === 'ImportSpecifier' &&
          specifier.imported.type === 'Identifier' &&
          specifier.imported.name === 'default');
      if (isDefault) return specifier.local.name;
    }
  }
  return undefined;
}

/**
 * `@acme/cdkpipe-plugin-pager` is called `pager`, or `pagerPlugin` where that name is in use.
 *
 * @param kept names that stay free, for what else the author will import of the package
 */
export function localNameFor(name: string, file: File, kept: readonly string[]): string {
  const used = new Set([...identifiersIn(file).map((identifier) => identifier.name), ...kept]);
  const words = name
    .replace(/^@[^/]+\//, '')
    .replace(/^(cdkpipe-)?plugin-|^cdkpipe-/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const camel = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const wanted = /^[A-Za-z]/.test(camel) ? camel : `plugin${camel}`;
  const choices = [
    wanted,
    `${wanted}Plugin`,
    ...Array.from({ length: used.size }, (_, index) => `${wanted}Plugin${index + 2}`),
  ];
  return choices.find((choice) => !used.has(choice) && !reserved.has(choice)) ?? `${wanted}Plugin`;
}

const reserved = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield arguments eval module require exports'.split(
    ' ',
  ),
);
