/** `npm run bench`: measures cdkpipe beside its peer and prints the tables. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, loadPerCore } from './machine.mjs';
import { readme, work } from './paths.mjs';
import { replaceBetweenMarkers, tableAsMarkdown } from './report.mjs';
import { cost } from './series/cost.mjs';
import { engine } from './series/engine.mjs';
import { large } from './series/large.mjs';
import { plan } from './series/plan.mjs';
import { plugins } from './series/plugins.mjs';
import { scale } from './series/scale.mjs';
import { synth } from './series/synth.mjs';
import { version } from './series/version.mjs';

const series = { version, synth, large, scale, plan, plugins, cost, engine };

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    runs: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const names = values.only ?? Object.keys(series);
const unknown = names.filter((name) => !Object.hasOwn(series, name));
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(`usage: run.mjs [--only ${Object.keys(series).join('|')}]… [--runs N] [--json] [--write]`);
  process.exit(2);
}

// What is measured runs in process groups of its own, which an interrupt does not reach.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
mkdirSync(join(work, 'home'), { recursive: true });

const machine = describeMachine();
const load = loadPerCore();
if (load > 0.5) console.error(`this machine is busy (load ${load.toFixed(1)} per core), the figures will be too`);

const intro = `Medians of ${runs} cold runs, taken in turn. ${Object.entries(machine)
  .map(([name, value]) => `${name} ${value}`)
  .join(' · ')}`;
if (!values.json) console.log(`${intro}\n`);

const tables = {};
for (const name of names) {
  tables[name] = await series[name]({ runs });
  const markdown = tables[name].map(tableAsMarkdown).join('\n');
  if (!values.json) console.log(markdown);
  if (values.write) {
    writeFileSync(readme, replaceBetweenMarkers(readFileSync(readme, 'utf8'), name, `\n${intro}\n\n${markdown}`));
  }
}
if (values.json) console.log(JSON.stringify({ machine, runs, tables }, undefined, 2));
