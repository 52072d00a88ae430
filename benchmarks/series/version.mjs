/** `cdkpipe --version` beside the smallest oclif command that has a manifest and help. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Plugin } from '@oclif/core';
import { bareNode, version as versionOf } from '../contestants.mjs';
import { runInTurn } from '../measure.mjs';
import { work } from '../paths.mjs';

export async function version({ runs }) {
  const { node, hello, cdkpipe } = await runInTurn(
    { node: bareNode(), hello: versionOf(await writeHelloWorld()), cdkpipe: versionOf() },
    runs * 3,
  );
  return [
    {
      title: 'Start of the command line',
      columns: ['oclif hello-world', 'cdkpipe'],
      unit: 'ms',
      rows: [
        { what: '`--version`', reference: hello.wall * 1000, measured: cdkpipe.wall * 1000, target: 1.3 },
        { what: 'node alone, to compare machines by', reference: node.wall * 1000 },
      ],
    },
  ];
}

/** As `oclif generate` lays it out, ES modules, with one command and the help plugin only. */
export async function writeHelloWorld() {
  const directory = join(work, 'hello-world');
  write(directory, 'package.json', {
    name: 'hello-world',
    version: '0.0.0',
    type: 'module',
    dependencies: { '@oclif/core': '*', '@oclif/plugin-help': '*' },
    oclif: { bin: 'hello', commands: './dist/commands', plugins: ['@oclif/plugin-help'], topicSeparator: ' ' },
  });
  write(
    directory,
    'bin/run.js',
    "import { execute } from '@oclif/core';\n\nawait execute({ dir: import.meta.url });\n",
  );
  write(
    directory,
    'dist/commands/hello.js',
    "import { Command } from '@oclif/core';\n\nexport default class Hello extends Command {\n" +
      "  async run() {\n    this.log('hello world');\n  }\n}\n",
  );
  const plugin = new Plugin({ root: directory, type: 'core', ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  write(directory, 'oclif.manifest.json', plugin.manifest);
  return join(directory, 'bin/run.js');
}

function write(directory, file, content) {
  mkdirSync(join(directory, file, '..'), { recursive: true });
  writeFileSync(join(directory, file), typeof content === 'string' ? content : JSON.stringify(content));
}
