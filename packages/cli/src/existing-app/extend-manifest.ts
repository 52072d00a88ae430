/** Adds packages and a script to the text of a package.json; what is there stays as it is. */
import { applyEdits, modify, parse } from 'jsonc-parser';

export interface Extended {
  readonly text: string;
  /** What was added, in words; nothing where the text is unchanged. */
  readonly added: readonly string[];
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

export const script = { name: 'cdkpipe', command: 'cdkpipe' };

/** @param packages version of each package that the project needs */
export function extendManifest(before: string, packages: Readonly<Record<string, string>>): Extended {
  const { dependencies, devDependencies, scripts } = parse(before) as Manifest;
  const missing = Object.entries(packages).filter(([name]) => !(name in { ...dependencies, ...devDependencies }));
  const isScriptMissing = scripts === undefined || !(script.name in scripts);
  const changes = [
    ...missing.map(([name, version]) => [['devDependencies', name], version] as const),
    ...(isScriptMissing ? [[['scripts', script.name], script.command] as const] : []),
  ];
  const text = changes.reduce(
    (current, [path, value]) =>
      applyEdits(current, modify(current, [...path], value, { formattingOptions: styleOf(before) })),
    before,
  );
  return {
    text,
    added: [
      ...missing.map(([name, version]) => `the package ${name} ${version}`),
      ...(isScriptMissing ? [`the script "${script.name}"`] : []),
    ],
  };
}

function styleOf(text: string) {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
