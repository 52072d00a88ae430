/** What plugins cost that nothing is used of: on `cdkpipe synth`, with the hooks traced, and when one's command is run. */
import { bareNode, cdkpipeSynth, oclifCommand } from '../contestants.mjs';
import { generateApp } from '../generate.mjs';
import { addIdlePlugins } from '../idle-plugins.mjs';
import { runToAndFro } from '../measure.mjs';
import { writeHelloWorld } from './version.mjs';

export async function plugins({ runs }) {
  const app = generateApp({ deployments: 10, stacks: 5 });
  const config = addIdlePlugins(app);
  const synth = (...flags) => cdkpipeSynth(app, { validate: false, cache: 'kept', flags });
  const { none, five, traced, node, hello, found } = await runToAndFro(
    {
      none: synth(),
      five: synth('--config', config),
      traced: synth('--config', config, '--trace-hooks'),
      node: bareNode(),
      hello: oclifCommand(['hello'], { bin: await writeHelloWorld() }),
      found: oclifCommand(['idle1:hello'], { cwd: app.directory }),
    },
    runs * 2,
  );
  const rows = (what, one, other, target) => [
    { what: `${what}, CPU time`, reference: one.cpu * 1000, measured: other.cpu * 1000, target },
    { what: `${what}, time`, reference: one.wall * 1000, measured: other.wall * 1000 },
  ];
  return [
    {
      title: 'Five idle plugins, 10 deployments × 5 stacks, no validation',
      columns: ['without', 'with'],
      unit: 'ms',
      rows: [...rows('`synth` with five plugins', none, five, 1.03), ...rows('`--trace-hooks`', five, traced, 1.01)],
    },
    {
      title: 'A command that a plugin brings, found among five',
      columns: ['oclif hello-world', 'cdkpipe'],
      unit: 'ms',
      rows: [
        ...rows('start to end', hello, found),
        { what: 'node alone, to compare machines by', reference: node.wall * 1000 },
      ],
    },
  ];
}
