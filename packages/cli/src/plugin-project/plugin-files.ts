/** Makes the files of a new plugin; pure but for reading the templates that ship with us. */
import { readFileSync } from 'node:fs';
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

const sources = {
  lower: ['index.ts', 'kind.ts', 'plugin.test.ts'],
  renderer: ['codepipeline-renderer.ts', 'index.ts', 'kind.ts', 'local-renderer.ts', 'plugin.test.ts'],
};

/** Packages of ours that the plugin needs where it is used. */
const peers = {
  lower: ['core', 'plugin-codebuild-approval', 'plugin-manual-approval'],
  renderer: ['core', 'backend-codepipeline', 'backend-local'],
};

/** Contents by path. */
export function pluginFiles(plugin: NewPlugin): ReadonlyMap<string, string> {
  const { drawn, templates } = plugin;
  const template = (path: string) => readFileSync(join(templates, path), 'utf8');
  const fill = (path: string) =>
    template(path).replaceAll('plugin-name', plugin.name).replaceAll('kindName', plugin.kind);
  return new Map([
    ['.github/workflows/ci.yml', template('ci.yml')],
    ['.gitignore', template('gitignore')],
    ['README.md', fill(`${drawn}/README.md`)],
    ['package.json', manifest(plugin, template('package.json'))],
    ...sources[drawn].map((file) => [`src/${file}`, fill(`${drawn}/${file}`)] as const),
    ['src/options.ts', fill('src/options.ts')],
    ['tsconfig.json', template('tsconfig.json')],
  ]);
}

function manifest({ name, kind, drawn, version, cdk }: NewPlugin, template: string): string {
  const { devDependencies, ...rest } = JSON.parse(template) as Record<string, object>;
  const ours = (names: readonly string[], range: string) =>
    Object.fromEntries(names.map((each) => [`@cdkpipe/${each}`, range]));
  const renderers = drawn === 'renderer' ? { renderers: [`codepipeline/${kind}`, `local/${kind}`] } : {};
  const description = {
    name,
    ...rest,
    cdkpipePlugin: { api: 1, kinds: [kind], ...renderers },
    peerDependencies: ours(peers[drawn], `^${version}`),
    devDependencies: sorted({ ...devDependencies, ...cdk, ...ours(['cli', 'testkit', ...peers[drawn]], version) }),
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}

function sorted(entries: object): object {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
