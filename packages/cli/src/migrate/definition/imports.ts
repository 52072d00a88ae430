/** The import lines of a definition. */
import type { ClassImport } from './class-import.ts';
import { quoted } from './code.ts';
import type { Context, Helper } from './context.ts';

const plugins: readonly { readonly plugin: string; readonly from: string; readonly helpers: readonly Helper[] }[] = [
  {
    plugin: 'codebuildApproval',
    from: '@cdkpipe/plugin-codebuild-approval',
    helpers: ['codebuild', 'parameter', 'secret'],
  },
  { plugin: 'manualApproval', from: '@cdkpipe/plugin-manual-approval', helpers: ['manual'] },
  { plugin: 'securityApproval', from: '@cdkpipe/plugin-security-approval', helpers: ['securityReview'] },
];

/** Plugins that the definition uses: the name in the file and the package. */
export function pluginsOf({ helpers }: Pick<Context, 'helpers'>) {
  return plugins.filter((each) => each.helpers.some((helper) => helpers.has(helper)));
}

/** @param classes by the name that they have in the file */
export function importLines(context: Context, classes: ReadonlyMap<string, ClassImport>): string[] {
  const core = [...new Set(['build', 'defineConfig', 'deploy', 'source', 'wave', ...context.coreHelpers])].sort();
  const ofPlugins = pluginsOf(context).map(({ plugin, from, helpers }) => {
    const used = helpers.filter((helper) => context.helpers.has(helper));
    return `import ${plugin}, { ${used.join(', ')} } from ${quoted(from)};`;
  });
  const ofApp = [...classes].map(([local, { from, exportName }]) => {
    if (exportName === 'default') return `import ${local} from ${quoted(from)};`;
    return `import { ${exportName === local ? local : `${exportName} as ${local}`} } from ${quoted(from)};`;
  });
  return [`import { ${core.join(', ')} } from '@cdkpipe/core';`, ...ofPlugins, ...ofApp];
}

/** Gives each class a name in the file; the same class has one. */
export function nameClasses(imports: readonly ClassImport[]): {
  readonly classes: Map<string, ClassImport>;
  nameOf(of: ClassImport): string;
} {
  const classes = new Map<string, ClassImport>();
  const names = new Map<string, string>();
  const keyOf = ({ from, exportName }: ClassImport) => `${from}#${exportName}`;
  for (const each of imports) {
    if (names.has(keyOf(each))) continue;
    let name = each.name;
    for (let number = 2; classes.has(name); number++) name = `${each.name}${number}`;
    classes.set(name, each);
    names.set(keyOf(each), name);
  }
  return { classes, nameOf: (of) => names.get(keyOf(of)) ?? of.name };
}
