/** `npm run demo`: builds cdkpipe, then synthesises, plans and rehearses the example app. Started by npm only. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const orders = fileURLToPath(new URL('orders', import.meta.url));
const cdkpipe = fileURLToPath(new URL('../packages/cli/bin/run.js', import.meta.url));

const isPlain = !process.stdout.isTTY || process.env.NO_COLOR;

/** Shows a command, runs it, and stops the demo when it ends otherwise than expected. */
function run(shown, command, args, cwd, { expected = 0, env = process.env } = {}) {
  console.log(isPlain ? `\n$ ${shown}` : `\n\x1b[1m$ ${shown}\x1b[0m`);
  const { status } = spawnSync(command, args, { cwd, env, stdio: 'inherit' });
  if (status !== expected) {
    console.error(`expected exit code ${expected}, found ${status}`);
    process.exit(status || 1);
  }
}

// npm's own script, as Windows starts no `npm.cmd` without a shell.
run('npm run build', process.execPath, [process.env.npm_execpath, 'run', '--silent', 'build'], root);
run('cdkpipe synth', process.execPath, [cdkpipe, 'synth'], orders);
run('cdkpipe plan', process.execPath, [cdkpipe, 'plan'], orders);

// The checks of the example are real ones, so something must answer them.
const standIn = spawn(process.execPath, ['stand-in.mjs'], { cwd: orders, stdio: ['ignore', 'pipe', 'inherit'] });
process.on('exit', () => standIn.kill());
const url = await new Promise((resolve, reject) => {
  createInterface({ input: standIn.stdout }).once('line', (line) => resolve(line));
  standIn.once('error', reject).once('exit', (code) => reject(new Error(`stand-in.mjs ended with ${code}`)));
});
const env = { ...process.env, ORDERS_URL: url, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };

/** Rehearses with the assembly that was made above. */
function rehearse(flags, expected) {
  const args = ['run', '--rehearse', '--skip-build', ...flags];
  run(`cdkpipe ${args.join(' ')}`, process.execPath, [cdkpipe, ...args], orders, { expected, env });
}

rehearse(['--fail', 'Beta/Smoke'], 1);
rehearse(
  ['--approve', 'ProdEu/ReviewChanges', '--approve', 'ProdUs:before/EuropeIsHealthy', '--approve', 'ProdUs/Done'],
  0,
);
process.exit(0);
