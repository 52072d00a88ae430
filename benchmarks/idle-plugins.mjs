/** Puts five plugins into an app that uses nothing of them: each has a kind with a schema, a renderer, and two hooks. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const numbers = [1, 2, 3, 4, 5];
const nameOf = (number) => `cdkpipe-plugin-idle-${number}`;

/**
 * @param {{ directory: string }} app as `generateApp` makes it
 * @returns {string} the definition that lists them, beside that of the app
 */
export function addIdlePlugins({ directory }) {
  for (const number of numbers) writePlugin(join(directory, 'node_modules', nameOf(number)), number);
  const devDependencies = Object.fromEntries(numbers.map((number) => [nameOf(number), '1.0.0']));
  const description = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  writeJson(join(directory, 'package.json'), { ...description, devDependencies });
  const before = 'plugins: [manualApproval, codebuildApproval';
  const definition = readFileSync(join(directory, 'cdkpipe.config.ts'), 'utf8');
  if (!definition.includes(before)) throw new Error('the definition of the app lists its plugins otherwise');
  const file = 'with-plugins.config.ts';
  const entries = numbers.map((number) => `'${nameOf(number)}'`).join(', ');
  writeFileSync(join(directory, file), definition.replace(before, `${before}, ${entries}`));
  return file;
}

function writePlugin(directory, number) {
  mkdirSync(join(directory, 'commands', `idle${number}`), { recursive: true });
  const kind = `idle${number}`;
  writeJson(join(directory, 'package.json'), {
    name: nameOf(number),
    version: '1.0.0',
    type: 'module',
    exports: { '.': './index.js', './package.json': './package.json' },
    keywords: ['cdkpipe-plugin'],
    cdkpipePlugin: { api: 1, kinds: [kind], renderers: [`local/${kind}`], hooks: ['model', 'plan'] },
    peerDependencies: { '@cdkpipe/core': '*' },
    oclif: { commands: './commands', topicSeparator: ':' },
  });
  writeFileSync(
    join(directory, 'index.js'),
    `import { defineKind, definePlugin, defineRenderer } from '@cdkpipe/core';
import * as z from 'zod';
const kind = defineKind({
  name: '${kind}',
  summary: 'Waits for somebody.',
  options: z.strictObject({
    question: z.string().min(1).max(200).describe('What to look at.'),
    people: z.array(z.email()).max(10).optional().describe('Who should look.'),
    minutes: z.int().min(5).max(86_400).optional().describe('How long they have.'),
  }),
  examples: [{ title: 'Ask', options: { question: 'Is all well?' } }],
  lower: ({ question }) => [{ kind: 'manual', name: 'Ask', options: { comment: question } }],
});
const renderer = defineRenderer({ backend: 'local', kind: '${kind}', render: () => ({ type: 'question' }) });
const hooks = { model: () => {}, plan: ({ nodes }) => { nodes.filter(({ contributedBy }) => contributedBy === '${nameOf(number)}'); } };
export default definePlugin({ name: '${nameOf(number)}', api: 1, kinds: [kind], renderers: [renderer], hooks });
`,
  );
  writeFileSync(
    join(directory, 'commands', `idle${number}`, 'hello.js'),
    `import { Command } from '@oclif/core';
export default class Hello extends Command {
  async run() { this.log('hello world'); }
}
`,
  );
}

function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
