/** Packages as strangers publish them: two good plugins, and what is to be refused. */
import type { Files } from './registry.test.fixture.ts';

/** A package of these files, with a package.json that says what is given. */
export function packageOf(description: object, files: Files = {}): Files {
  return { ...files, 'package.json': JSON.stringify({ version: '1.0.0', type: 'module', ...description }) };
}

const keywords = ['cdkpipe-plugin'];
const peerDependencies = { '@cdkpipe/core': '>=0.1.0' };

/** A kind that lowers to a manual approval, and so works on every backend that draws those. */
export function confirmPlugin(variation: Variation = {}): Files {
  const {
    name = '@acme/cdkpipe-plugin-confirm',
    calledIn = name,
    version = '1.0.0',
    change = {},
    code = '',
  } = variation;
  const source = `import { defineKind, definePlugin, stepHelper } from '@cdkpipe/core';
${code}
const kind = defineKind({
  name: 'confirm',
  summary: 'Somebody confirms that all is well.',
  lower: () => [{ kind: 'manual', name: 'Confirm', options: { comment: 'Is all well?' } }],
});
export const confirm = stepHelper(kind);
export default definePlugin({ name: '${calledIn}', api: 1, kinds: [kind] });
`;
  const description = {
    name,
    version,
    keywords,
    exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
    cdkpipePlugin: { api: 1, kinds: ['confirm'] },
    peerDependencies,
    ...change,
  };
  return packageOf(description, { 'index.js': source, 'index.d.ts': confirmTypes });
}

const confirmTypes = `import type { Plugin, StepDefinition } from '@cdkpipe/core';
declare const plugin: Plugin;
export default plugin;
export declare const confirm: (name: string) => StepDefinition;
`;

interface Variation {
  readonly name?: string;
  /** The name that the plugin itself says. */
  readonly calledIn?: string;
  readonly version?: string;
  /** Keys of package.json that are otherwise. */
  readonly change?: object;
  /** Code that runs when the plugin is loaded. */
  readonly code?: string;
}

/** A hook, and a command of its own. */
export function reportPlugin({ change = {}, files = {} }: { change?: object; files?: Files } = {}): Files {
  const name = '@acme/cdkpipe-plugin-report';
  return packageOf(
    {
      name,
      keywords,
      exports: { '.': './index.js', './package.json': './package.json' },
      cdkpipePlugin: { api: 1, hooks: ['plan'] },
      peerDependencies: { ...peerDependencies, '@oclif/core': '>=4' },
      oclif: { commands: './commands', topicSeparator: ':' },
      ...change,
    },
    {
      'index.js': `export default { name: '${name}', api: 1, hooks: { plan: () => {} } };\n`,
      'commands/report/last.js': `import { Command } from '@oclif/core';
export default class Last extends Command {
  static summary = 'Show the last report.';
  async run() {
    await this.parse(Last);
    this.log('the last report');
  }
}
`,
      ...files,
    },
  );
}
