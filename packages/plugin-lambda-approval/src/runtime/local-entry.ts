/** What a process of this machine runs: the bundler puts the author's file in the place of `cdkpipe:check`. */
import { renameSync, writeFileSync } from 'node:fs';
import { readState } from './check-state.ts';
import { judge, rejectionOf, type Verdict } from './verdict.ts';
import { watchRun } from './watch-run.ts';

const {
  CDKPIPE_PAYLOAD: payload = '{}',
  CDKPIPE_VERDICT: file = '',
  CDKPIPE_DEADLINE: deadline = '0',
  CDKPIPE_STATE: token,
} = process.env;
for (const name of ['CDKPIPE_PAYLOAD', 'CDKPIPE_VERDICT', 'CDKPIPE_DEADLINE', 'CDKPIPE_STATE'])
  delete process.env[name];

const { exit } = process;
const getRemainingTimeInMillis = () => Math.max(0, Number(deadline) - Date.now());
const watch = watchRun(getRemainingTimeInMillis());
const verdict = await Promise.race([decide(), watch.verdict]);
watch.stop();
// Written beside and moved, so that it is read whole or not at all.
writeFileSync(`${file}.new`, JSON.stringify(verdict));
renameSync(`${file}.new`, file);
exit(0);

async function decide(): Promise<Verdict> {
  try {
    const { default: check } = await import('cdkpipe:check');
    if (typeof check !== 'function') throw new Error('the handler is not a function');
    return judge(await check(JSON.parse(payload), { getRemainingTimeInMillis, state: readState(token) }));
  } catch (thrown) {
    return rejectionOf(thrown);
  }
}
