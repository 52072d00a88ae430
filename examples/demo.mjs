/** `npm run demo`: builds cdkpipe, then synthesises and plans the example app. Started by npm only. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const orders = fileURLToPath(new URL('orders', import.meta.url));
const cdkpipe = fileURLToPath(new URL('../packages/cli/bin/run.js', import.meta.url));

const isPlain = !process.stdout.isTTY || process.env.NO_COLOR;

/** Shows a command, runs it, and stops the demo when it fails. */
function run(shown, command, args, cwd) {
  console.log(isPlain ? `\n$ ${shown}` : `\n\x1b[1m$ ${shown}\x1b[0m`);
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

// npm's own script, as Windows starts no `npm.cmd` without a shell.
run('npm run build', process.execPath, [process.env.npm_execpath, 'run', '--silent', 'build'], root);
run('cdkpipe synth', process.execPath, [cdkpipe, 'synth'], orders);
run('cdkpipe plan', process.execPath, [cdkpipe, 'plan'], orders);
