import { beforeAll, expect, it } from 'vitest';
import { callAgain, failure, runCheck, success } from '../run-check.test.fixture.ts';
import { joinOutputValues } from './output-values.ts';

const decisions: [string, string, (jobId: string) => unknown][] = [
  ['nothing returned', 'async () => {}', success()],
  ['a value returned', '() => ({ p90Ms: 12 })', success('{"p90Ms":12}')],
  ['approval returned', '() => ({ approved: true })', success('{"approved":true}')],
  ['a value that has no JSON', '() => { const a = {}; a.a = a; return a }', success()],
  ['a value that is too long', "() => 'x'.repeat(9000)", success(`${'x'.repeat(2047)}…`)],
  ['false', '() => false', failure('the check returned false')],
  ['a refusal', "async () => ({ approved: false, reason: 'too slow' })", failure('too slow')],
  ['a refusal without reason', '() => ({ approved: false })', failure('the check did not approve')],
  ['what is not quite true', "() => ({ approved: 'yes' })", failure('the check did not approve')],
  ['no decision yet', '() => ({ pending: true })', callAgain('{}')],
  [
    'no decision yet, with a state and a reason',
    "() => ({ pending: true, state: { since: 7 }, reason: '3 of 10 minutes' })",
    callAgain('{"state":{"since":7}}', '3 of 10 minutes'),
  ],
  [
    'a state that is too long',
    "() => ({ pending: true, state: 'x'.repeat(2037) })",
    failure('the state of the check takes 2049 characters, CodePipeline hands on 2048'),
  ],
  ['what is not quite pending', "() => ({ pending: 'yes', approved: false })", failure('the check did not approve')],
  ['an error thrown', "() => { throw new Error('boom') }", failure('boom')],
  ['a promise rejected', "() => Promise.reject(new Error('later'))", failure('later')],
  [
    'an error with its causes',
    "() => { throw new TypeError('fetch failed', { cause: new AggregateError([new Error('refused')]) }) }",
    failure('fetch failed: refused'),
  ],
  ['an error without message', '() => { throw new RangeError() }', failure('RangeError')],
  ['a text thrown', "() => { throw 'no' }", failure('no')],
  ['nothing thrown', '() => { throw undefined }', failure('the check threw undefined')],
  ['what has no JSON thrown', '() => { const a = {}; a.a = a; throw a }', failure('the check threw [object Object]')],
  [
    'what cannot even be shown thrown',
    '() => { throw Object.create(null, { toJSON: { get() { throw 1 } } }) }',
    failure('the check failed with something that cannot be shown'),
  ],
  ['a message that is too long', "() => { throw new Error('x'.repeat(9000)) }", failure(`${'x'.repeat(4999)}…`)],
  ['half a character', "() => { throw new Error('a\\ud83d') }", failure('a\uFFFD')],
  [
    'a rejection that nobody awaits',
    "() => { Promise.reject(new Error('stray')); return new Promise(() => {}) }",
    failure('stray'),
  ],
  [
    'an exception in a callback',
    "() => new Promise(() => setTimeout(() => { throw new Error('in callback') }))",
    failure('in callback'),
  ],
  ['an exit', '() => process.exit(0)', failure('the check called process.exit(0); return or throw instead')],
];

const jobOf = (index: number) => `job-${index}`;
let run: Awaited<ReturnType<typeof runCheck>>;

beforeAll(async () => {
  // One process for all of them: each must leave it fit for the next.
  const source = `const checks = [${decisions.map(([, check]) => check).join(',\n')}];
    export const handler = ({ index }) => checks[index]();`;
  const jobs = decisions.map((_decision, index) => ({
    id: jobOf(index),
    UserParameters: joinOutputValues([`${index}`]),
  }));
  run = await runCheck(source, { template: '{"index":{"$ref":"output","at":0}}', jobs });
});

it.each(decisions.map(([title, _check, report], index) => ({ title, report: report(jobOf(index)), index })))(
  '$title is reported once',
  ({ report, index }) => {
    expect(run.reports.filter((candidate) => JSON.stringify(candidate).includes(`"${jobOf(index)}"`))).toEqual([
      report,
    ]);
  },
);

it('the process outlives all of that, and its listeners are given back', () => {
  expect(run.code).toBe(0);
});

it('a handler that is no function is reported', async () => {
  const { reports } = await runCheck('export const handler = 7');
  expect(reports).toEqual([failure('the handler is not a function')('job-1')]);
});

it('a check that never settles is reported before Lambda ends it, and what it does later is not', async () => {
  const source = 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 220))';
  const { reports, code } = await runCheck(source, { remaining: 3200 });
  expect(reports).toEqual([failure('the check did not finish within 0 s')('job-1')]);
  expect(code).toBe(0);
});

it('a file that throws while it is loaded is reported for each job', async () => {
  const source = "throw new Error('no config'); export const handler = () => {}";
  const { reports } = await runCheck(source, { jobs: [{ id: 'job-1' }, { id: 'job-2' }] });
  expect(reports).toEqual([failure('no config')('job-1'), failure('no config')('job-2')]);
});

it('a report that does not arrive is not followed by its opposite', async () => {
  const { reports, code } = await runCheck('export const handler = () => {}', { sdkFails: true });
  expect(reports).toEqual([]);
  expect(code).toBe(129);
});

it('outputs arrive unharmed, whatever they hold', async () => {
  const values = ['"}, {"a":"b"', 'two\nlines\r\n', ' padded ', 'ünï 🚀 \\u0022', '', '#{', "'; rm -rf /"];
  const template = JSON.stringify(values.map((_value, at) => ({ nested: { $ref: 'output', at } })));
  const source = 'export const handler = (payload) => payload.map(({ nested }) => nested)';
  const { reports } = await runCheck(source, {
    template,
    jobs: [{ id: 'job-1', UserParameters: joinOutputValues(values) }],
  });
  expect(reports).toEqual([success(JSON.stringify(values))('job-1')]);
});

it.each([
  ['are missing', undefined, 'expected the values of 1 outputs in UserParameters, found 0'],
  ['are too many', joinOutputValues(['a', 'b']), 'expected the values of 1 outputs in UserParameters, found 2'],
  ['are unresolved', joinOutputValues(['#{Orders.Url}']), 'the output #{Orders.Url} was not resolved by CodePipeline'],
])('a check is refused when outputs %s', async (_title, UserParameters, message) => {
  const template = '{"url":{"$ref":"output","at":0}}';
  const run = await runCheck('export const handler = () => {}', { template, jobs: [{ id: 'job-1', UserParameters }] });
  expect(run.reports).toEqual([failure(message)('job-1')]);
});

it('a check that is called again is given its state, beside all of its context', async () => {
  const source = `export const handler = (_payload, context) =>
    context.state === undefined ? { pending: true, state: [1] } : [context.state, context.getRemainingTimeInMillis() > 0];`;
  const { reports } = await runCheck(source, {
    jobs: [{ id: 'job-1' }, { id: 'job-2', continuationToken: '{"state":[1]}' }],
  });
  expect(reports).toEqual([callAgain('{"state":[1]}')('job-1'), success('[[1],true]')('job-2')]);
});
