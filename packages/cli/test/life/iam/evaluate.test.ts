/** Holds the evaluator against what AWS publishes about the evaluation of policies. */
import { describe, expect, test } from 'vitest';
import { accountsCases } from './accounts-cases.test.fixture.ts';
import {
  allow,
  byRole,
  type Case,
  deny,
  elsewhere,
  home,
  object,
  policy,
  reading,
  role,
  sources,
} from './case.test.fixture.ts';
import { conditionsCases } from './conditions-cases.test.fixture.ts';
import { elementsCases } from './elements-cases.test.fixture.ts';
import { evaluate } from './evaluate.test.fixture.ts';
import type { Request, Statement } from './policy.test.fixture.ts';
import { rolesAndKeysCases } from './roles-and-keys-cases.test.fixture.ts';

const cases = [...accountsCases, ...elementsCases, ...conditionsCases, ...rolesAndKeysCases];

function decide({ request, identity = [], boundary, resource, kind, grants, version = '2012-10-17' }: Case) {
  const base: Request = {
    caller: { role, session: 'run' },
    action: 's3:GetObject',
    resource: object,
    owner: home,
    context: { 'aws:PrincipalArn': role, ...request?.context },
  };
  return evaluate(
    { ...base, ...request, context: { ...base.context, ...request?.context } },
    {
      identity: [{ name: 'identity', document: { Version: version, Statement: identity } }],
      ...(boundary && { boundary: policy('boundary', boundary) }),
      ...(resource && { resource: policy('resource', ...resource) }),
      ...(kind && { resourceKind: kind }),
      ...(grants && { grants }),
    },
  );
}

describe('the evaluator', () => {
  test.each(cases)('$says', (each) => {
    const decision = decide(each);
    const because = `${decision.because}; see ${sources[each.source]}`;
    expect(decision.allowed ? 'allowed' : 'denied', because).toBe(each.expected);
    expect(decision.used.length > 0).toBe(
      decision.allowed && !('root' in (each.request?.caller ?? {})) && !each.grants,
    );
  });

  test('has at least forty cases, each with a source of AWS', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(({ says }) => says)).size).toBe(cases.length);
  });

  test('names the statements that allowed a request', () => {
    const used = decide({
      says: '',
      source: 'cross',
      expected: 'allowed',
      request: elsewhere,
      identity: [deny({ Action: 'a:B' }), allow({})],
      resource: [allow(byRole)],
    }).used;
    expect(used).toEqual([
      { policy: 'identity', index: 1 },
      { policy: 'resource', index: 0 },
    ]);
  });

  test('refuses what it does not know, and conditions that AWS leaves undefined', () => {
    const trying =
      (condition: Statement['Condition'], context = {}) =>
      () =>
        decide({
          says: '',
          source: 'operators',
          expected: 'denied',
          request: { context },
          identity: reading(condition),
        });
    expect(trying({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { 'aws:SourceIp': '10.1.1.1' })).toThrow(
      'IpAddress',
    );
    expect(trying({ StringEquals: { k: 'a' } }, { k: ['a', 'b'] })).toThrow('ForAnyValue');
  });
});
