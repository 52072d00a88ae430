/** Random pipelines and events: people are notified of each decision that waits for them, once, and of no other. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits as quotas } from '../aws/limits.ts';
import { notifyOfDecision, type Notice as Published } from '../reviews/function/notify-of-decision.ts';
import type { PassResult } from '../reviews/function/pass-approval.ts';
import type { NoticeRule } from './notice-rule.ts';
import { notices } from './notices.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 2);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };
const hangs = seconds * 1000 + 30_000;

type Data = Readonly<Record<string, unknown>>;

/** The patterns of EventBridge that the rules use: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
function matches(pattern: Data, event: unknown): boolean {
  const given = (typeof event === 'object' && event !== null ? event : {}) as Data;
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    return Array.isArray(wanted) ? wanted.some((each) => matchesValue(each, value)) : matches(wanted as Data, value);
  });
}

function matchesValue(wanted: unknown, value: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === value;
  const [[operator, of] = []] = Object.entries(wanted);
  if (operator === 'exists') return (value !== undefined) === of;
  if (operator !== 'anything-but') throw new Error(`a rule has the operator ${operator}`);
  if (value === undefined) return false;
  if (Array.isArray(of)) return !of.includes(value);
  return !(typeof value === 'string' && value.startsWith((of as { readonly prefix: string }).prefix));
}

const name = fc.stringMatching(/^[A-Za-z0-9.@_-]{1,100}$/);
const approvals = fc.uniqueArray(name, { maxLength: 60 }).chain((names) =>
  fc.array(fc.constantFrom(0, 1, 2), { minLength: names.length, maxLength: names.length }).map((of) => {
    const those = (sort: number) => names.filter((_, index) => of[index] === sort);
    // An approval that passes by itself is not announced; the action beside it is looked at instead.
    return {
      person: those(0),
      answered: [...those(1), ...those(2)],
      passes: those(2).map((each) => `${each.slice(0, 95)}@Pass`),
    };
  }),
);

/** Mostly what CodePipeline sends. */
const mostly = <T>(right: T, ...others: T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const summary = fc.oneof(
  fc.constantFrom(
    'Passed by cdkpipe: nothing changes',
    'passed by cdkpipe',
    'A person decides: permissions broaden',
    '',
  ),
  fc.string({ unit: 'binary' }),
);

test(
  'of a decision that a person takes there is one notice, and none of any other',
  () => {
    let noticed = 0;
    const property = fc.property(
      approvals,
      fc.infiniteStream(fc.nat()),
      mostly('orders', 'Orders', ''),
      summary,
      fc.boolean(),
      fc.boolean(),
      mostly('Manual', 'Lambda'),
      (sorts, picks, pipeline, told, isTold, begins, provider) => {
        const rules = notices.onApproval.rules({ pipeline: 'orders', region: 'eu-west-1', approvals: sorts });
        for (const rule of rules) expectToBeValid(rule);
        const all = [...sorts.person, ...sorts.answered, ...sorts.passes, 'Added by customize'];
        const [pick = 0] = picks.take(1);
        const action = all[pick % all.length] ?? '';
        const detail = {
          pipeline,
          action,
          stage: 'Prod',
          'execution-id': '01234567-0123-0123-0123-012345678901',
          state: begins ? 'STARTED' : 'SUCCEEDED',
          type: { owner: 'AWS', provider, category: provider === 'Manual' ? 'Approval' : 'Invoke', version: '1' },
          ...(isTold ? { 'execution-result': { 'external-execution-summary': told } } : {}),
        };
        const event = {
          source: 'aws.codepipeline',
          'detail-type': 'CodePipeline Action Execution State Change',
          detail,
        };
        const found = rules.filter(({ pattern }) => matches(pattern as unknown as Data, event));
        const isPersons = begins && provider === 'Manual' && !sorts.answered.includes(action);
        const isLeft = !begins && sorts.passes.includes(action) && !(isTold && told.startsWith('Passed by cdkpipe'));
        expect(found.length).toBe(pipeline === 'orders' && (isPersons || isLeft) ? 1 : 0);
        noticed += found.length;
        expect(rules.some(({ pattern }) => matches(pattern as unknown as Data, { ...event, source: 'acme' }))).toBe(
          false,
        );
      },
    );
    fc.assert(property, limits);
    expect(noticed).toBeGreaterThan(0);
  },
  hangs,
);

/** Within the quota, and with a field for each name in its text. */
function expectToBeValid({ pattern, fields, text }: NoticeRule): void {
  expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(quotas.eventPattern.max);
  for (const [, field = ''] of text.matchAll(/<([^>]*)>/g)) expect(fields).toHaveProperty(field);
}

test(
  'a run that ends early or reaches its end is one notice, whatever else is in the event',
  () => {
    const states = ['STARTED', 'SUCCEEDED', 'RESUMED', 'FAILED', 'CANCELED', 'STOPPING', 'STOPPED', 'SUPERSEDED'];
    const place = { pipeline: 'orders', region: 'eu-west-1', approvals: { person: [], answered: [], passes: [] } };
    const rules = [notices.onFailure, notices.onSuccess].flatMap((notice) => notice.rules(place));
    for (const rule of rules) expectToBeValid(rule);
    const property = fc.property(
      fc.constantFrom(...states),
      mostly('orders', 'order', 'orders2'),
      fc.object(),
      (state, pipeline, more) => {
        const detail = { ...more, pipeline, state, 'execution-id': '1' };
        const event = {
          ...more,
          source: 'aws.codepipeline',
          'detail-type': 'CodePipeline Pipeline Execution State Change',
          detail,
        };
        const found = rules.filter(({ pattern }) => matches(pattern as unknown as Data, event));
        const isEnd = ['SUCCEEDED', 'FAILED', 'CANCELED', 'STOPPED'].includes(state);
        expect(found.length).toBe(pipeline === 'orders' && isEnd ? 1 : 0);
      },
    );
    fc.assert(property, { ...limits, interruptAfterTimeLimit: 500 });
  },
  hangs,
);

test(
  'a decision that is left to people is published once, as SNS accepts it and without the token of the approval',
  async () => {
    const thrown = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5000 }).map((text) => new Error(text)),
      fc.string(),
    );
    const property = fc.asyncProperty(
      name,
      summary,
      fc.boolean(),
      fc.option(thrown),
      async (pipeline, told, passed, fault) => {
        const published: Published[] = [];
        const pass = {
          pipeline,
          stage: 'Prod',
          action: 'Look',
          caller: 'Look@Pass',
          report: { stage: 'Prod', action: 'R' },
          unless: [],
        };
        const attempt = { pass, execution: 'run-1', topic: 'arn:aws:sns:eu-west-1:111111111111:t' };
        const work = notifyOfDecision(attempt, { passed, summary: told } as PassResult, async (notice) => {
          published.push(notice);
          if (fault !== null) throw fault;
        });
        if (fault !== null && !passed) {
          const error = await work.then(
            () => undefined,
            (thrown: Error) => thrown,
          );
          expect(error?.message.startsWith(`${told}, and people could not be notified`)).toBe(true);
          expect(error?.message.length).toBeLessThanOrEqual(told.length + 1600);
        } else await work;
        expect(published).toHaveLength(passed ? 0 : 1);
        for (const { subject, messages } of published) {
          expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
          expect(JSON.parse(messages.default)).toMatchObject({
            approval: { pipelineName: pipeline, customData: told },
          });
          expect(messages.default).not.toContain('token');
        }
      },
    );
    await fc.assert(property, { ...limits, interruptAfterTimeLimit: Math.max(500, seconds * 500) });
  },
  hangs,
);
