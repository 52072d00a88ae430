import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-watch-'));
  const sdk = join(directory, 'node_modules/@aws-sdk/client-cloudwatch');
  mkdirSync(sdk, { recursive: true });
  writeFileSync(join(sdk, 'package.json'), '{ "type": "module", "main": "index.js" }');
  writeFileSync(join(sdk, 'index.js'), standIn);
  await build({
    entryPoints: [join(import.meta.dirname, 'watch.ts')],
    outfile: join(directory, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@aws-sdk/*'],
  });
  writeFileSync(
    join(directory, 'run.mjs'),
    'import { handler } from "./index.mjs";\nconst { bake, context } = JSON.parse(process.env.CALL);\nhandler(bake, context).then((answer) => console.log(JSON.stringify(answer)), (error) => console.log(JSON.stringify({ thrown: error.message })));',
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The SDK of Lambda's runtime, as far as the function uses it: answers what the environment says, and prints what it is asked. */
const standIn = `
const answers = JSON.parse(process.env.ANSWERS);
const asked = (verb, input) => console.error(JSON.stringify([verb, input]));
export class DescribeAlarmsCommand { constructor(input) { this.input = input; } }
export class CloudWatchClient {
  constructor(config) { asked('client', config); }
  async send({ input }) {
    asked('describe', input);
    if (answers.fault) throw new Error(answers.fault);
    const read = (alarm) => ({ ...alarm, ...(alarm.changed ? { StateTransitionedTimestamp: new Date(alarm.changed) } : {}) });
    return { MetricAlarms: (answers.metric ?? []).map(read), CompositeAlarms: (answers.composite ?? []).map(read) };
  }
}
export async function* paginateDescribeAlarmHistory(config, input) {
  asked('history', input);
  for (const page of answers.history ?? [])
    yield { AlarmHistoryItems: page.map(({ at, data }) => ({ Timestamp: new Date(at), HistoryData: data })) };
}
`;

const now = Date.now();
const ago = (minutes: number) => now - minutes * 60_000;
const bake = { minutes: 60, alarms: ['Errors', 'All'], recovers: 15 };
const metric = [{ AlarmName: 'Errors', StateValue: 'OK' }];
const composite = [{ AlarmName: 'All', StateValue: 'OK' }];
const item = (minutes: number, state: string) => ({
  at: ago(minutes),
  data: JSON.stringify({ version: '1.0', oldState: {}, newState: { stateValue: state } }),
});

/** Runs the bundled function in a process of its own, as Lambda does. */
function look(answers: object, state?: unknown) {
  const env = { ...process.env, ANSWERS: JSON.stringify(answers), CALL: JSON.stringify({ bake, context: { state } }) };
  return JSON.parse(
    execFileSync(process.execPath, ['run.mjs'], { cwd: directory, env, encoding: 'utf8', stdio: 'pipe' }),
  );
}

describe('the function that watches alarms', () => {
  it('hands its state on, as JSON, from look to look', () => {
    const ringing = [{ AlarmName: 'Errors', StateValue: 'ALARM', StateReason: '5 > 1', changed: ago(30) }];
    const first = look({ metric: ringing, composite });
    expect(first).toMatchObject({ pending: true, state: { rang: [0] } });
    expect(look({ metric: ringing, composite }, first.state)).toMatchObject({ pending: true, state: first.state });
    const old = { ...first.state, began: ago(16) };
    expect(look({ metric: ringing, composite }, old)).toEqual({
      approved: false,
      reason: 'the alarm Errors was in ALARM before and did not leave it in 15 minutes: 5 > 1',
    });
  });

  it('finds a short time in ALARM on any page of the history', () => {
    const changed = [{ ...metric[0], changed: ago(2) }];
    const { state } = look({ metric, composite });
    const began = { ...state, began: ago(10) };
    const quiet = [[item(2, 'OK')], [item(5, 'INSUFFICIENT_DATA')]];
    expect(look({ metric: changed, composite, history: quiet }, began)).toMatchObject({ pending: true });
    const dip = [[item(2, 'OK')], [item(5, 'ALARM')]];
    expect(look({ metric: changed, composite, history: dip }, began)).toEqual({
      approved: false,
      reason: 'the alarm Errors was in ALARM meanwhile',
    });
    expect(look({ metric: changed, composite, history: [[{ at: ago(2), data: '{}' }]] }, began)).toMatchObject({
      approved: false,
    });
  });

  it('gives a bake that an older version began no time to recover, and approves it at its end', () => {
    const ringing = [{ AlarmName: 'Errors', StateValue: 'ALARM', changed: ago(30) }];
    expect(look({ metric: ringing, composite }, ago(10))).toMatchObject({ approved: false });
    expect(look({ metric, composite }, ago(60))).toMatchObject({ approved: true });
  });

  it('fails where CloudWatch does not answer, or knows no composite alarm of the name', () => {
    expect(look({ fault: 'Rate exceeded' })).toEqual({ thrown: 'Rate exceeded' });
    expect(look({ metric })).toEqual({ approved: false, reason: 'there is no alarm All' });
  });
});
