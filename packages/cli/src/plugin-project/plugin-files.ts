/** Makes the files of a new plugin; pure but for reading the templates that ship with us. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface NewPlugin {
  readonly name: string;
  readonly kind: string;
  readonly drawn: 'lower' | 'renderer';
  /** Of every `@cdkpipe` package. */
  readonly version: string;
  /** Ranges of the CDK that the cli itself works with, by package. */
  readonly cdk: Readonly<Record<string, string>>;
  /** Directory of the templates. */
  readonly templates: string;
}

/** Kinds that the template lowers to are of these packages. */
const loweredTo = ['plugin-codebuild-approval', 'plugin-manual-approval'];

/** Contents by path. */
export function pluginFiles(plugin: NewPlugin): ReadonlyMap<string, string> {
  const { drawn, templates } = plugin;
  const sources = readdirSync(join(templates, drawn)).filter((file) => file.endsWith('.ts'));
  const template = (path: string) => readFileSync(join(templates, path), 'utf8');
  const fill = (path: string) =>
    template(path).replaceAll('plugin-name', plugin.name).replaceAll('kindName', plugin.kind);
  return new Map([
    ['.github/workflows/ci.yml', template('ci.yml')],
    ['.gitignore', template('gitignore')],
    ['README.md', fill(`${drawn}/README.md`)],
    ['package.json', manifest(plugin, template('package.json'), sources.flatMap(backendOf))],
    ...sources.sort().map((file) => [`src/${file}`, fill(`${drawn}/${file}`)] as const),
    ['src/options.ts', fill('src/options.ts')],
    ['tsconfig.json', template('tsconfig.json')],
  ]);
}

/** The backend that a source has the renderer for. */
function backendOf(file: string): string[] {
  return file.endsWith('-renderer.ts') ? [file.slice(0, -'-renderer.ts'.length)] : [];
}

function manifest({ name, kind, version, cdk }: NewPlugin, template: string, backends: readonly string[]): string {
  const { devDependencies, ...rest } = JSON.parse(template) as Record<string, object>;
  const ours = (names: readonly string[], range: string) =>
    Object.fromEntries(names.map((each) => [`@cdkpipe/${each}`, range]));
  const draws = backends.length > 0;
  const renderers = draws ? { renderers: backends.map((backend) => `${backend}/${kind}`) } : {};
  // Packages of ours that the plugin needs where it is used.
  const peers = ['core', ...(draws ? backends.map((backend) => `backend-${backend}`) : loweredTo)];
  const description = {
    name,
    ...rest,
    cdkpipePlugin: { api: 1, kinds: [kind], ...renderers },
    peerDependencies: ours(peers, `^${version}`),
    devDependencies: sorted({ ...devDependencies, ...cdk, ...ours(['cli', 'testkit', ...peers], version) }),
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}

function sorted(entries: object): object {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
