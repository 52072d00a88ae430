/** The names of a new plugin: of its package, its kind and its directory. */

const longestName = 214;

/** What npm allows for new packages. */
export function isPackageName(name: string): boolean {
  return (
    name.length <= longestName &&
    /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name) &&
    !taken.has(name)
  );
}

const taken = new Set(['node_modules', 'favicon.ico']);

/** A kind is also the name of the function that authors call. */
export function isKindName(name: string): boolean {
  return /^[a-z][A-Za-z0-9]{0,39}$/.test(name) && !reserved.has(name);
}

/** Words that no constant of a module may be called, and names that the template has itself. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
    'function if implements import in instanceof interface kind let new null options package plugin private protected public return ' +
    'static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/** `@acme/cdkpipe-plugin-page-check` as `pageCheck`. */
export function kindFrom(packageName: string): string {
  const words = directoryFrom(packageName)
    .replace(/^cdkpipe-(plugin-)?|-approval$/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const name = words
    .map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');
  return isKindName(name) ? name : 'confirmPage';
}

export function directoryFrom(packageName: string): string {
  return packageName.replace(/^@[^/]*\//, '');
}
