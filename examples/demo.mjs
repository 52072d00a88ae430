/** `npm run demo`: builds cdkpipe, then synthesises and plans the example app. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const orders = fileURLToPath(new URL('orders', import.meta.url));
const cdkpipe = fileURLToPath(new URL('../packages/cli/bin/run.js', import.meta.url));

/** Shows a command, runs it, and stops the demo when it fails. */
function run(shown, command, args, cwd) {
  console.log(`\n\x1b[1m$ ${shown}\x1b[0m`);
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run('npm run build', process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', 'build'], root);
run('cdkpipe synth', process.execPath, [cdkpipe, 'synth'], orders);
run('cdkpipe plan', process.execPath, [cdkpipe, 'plan'], orders);
