/** Who counts as an approver: an account of this machine, whatever name somebody gives. */
import { isCdkpipeError } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { answerQuestion } from '../engine/answering.ts';
import { begun } from '../engine/engine.test.fixture.ts';
import { asked } from '../journal/events.test.fixture.ts';
import type { Approvers, Person } from '../journal/run-event.ts';
import { makeProject } from './project.test.fixture.ts';

const as = (uid: number, account: string, user = account): Person => ({ user, account, uid });

/** What each answer in turn comes to: how many are missing, or a code. */
function answers(approvers: Approvers, people: readonly Person[]): unknown[] {
  const { store } = begun();
  store.append('r', new Date(0), asked('Prod/Review', { approvers }));
  return people.map((by) => {
    try {
      const answer = { decision: 'approve', by, via: 'command' } as const;
      return answerQuestion({ store, run: 'r', now: new Date(1) }, 'Prod/Review', answer).missing;
    } catch (error) {
      if (isCdkpipeError(error)) return error.code;
      throw error;
    }
  });
}

const root = (user: string) => as(0, 'root', user);

test.each<[string, Approvers, Person[], unknown[]]>([
  ['one account under two names', { count: 2 }, [root('ada'), root('grace')], [1, 'QUORUM_NEEDS_ACCOUNTS']],
  ['two accounts', { count: 2 }, [as(1, 'ada'), as(2, 'grace')], [1, 0]],
  ['two accounts under one name', { count: 2 }, [as(1, 'ada', 'x'), as(2, 'grace', 'x')], [1, 0]],
  ['one account that was renamed', { count: 2 }, [as(1, 'ada'), as(1, 'eve')], [1, 'QUORUM_NEEDS_ACCOUNTS']],
  ['a name that is none’s account', { count: 1, of: ['ada'] }, [as(7, 'eve', 'ada')], ['NOT_AN_APPROVER']],
  ['an account of the list', { count: 1, of: ['ada'] }, [as(7, 'ada', 'Ada L.')], [0]],
  [
    'claims, where they count',
    { count: 2, of: ['ada', 'Grace'], claimed: true },
    [root('ADA'), root('ada'), root('grace')],
    [1, 'ALREADY_ANSWERED', 0],
  ],
])('%s', (_what, approvers, people, expected) => {
  expect(answers(approvers, people)).toEqual(expected);
});

test('a run that has ended takes no answer', () => {
  const { store } = begun();
  store.append('r', new Date(0), asked('Prod/Review'));
  store.append('r', new Date(0), { type: 'runEnded', outcome: 'failed' });
  const answer = { decision: 'approve', by: as(1, 'ada'), via: 'command' } as const;
  expect(() => answerQuestion({ store, run: 'r', now: new Date(1) }, 'Prod/Review', answer)).toThrow(
    expect.objectContaining({ code: 'RUN_ENDED' }),
  );
});

const definition = (identities: string) => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => { new CfnTopic(new Stack(stage, 'Api'), 'Topic'); };
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval],
  backends: { local: { ${identities} } },
  source: source.codeCommit('shop'),
  build: build({ commands: ['true'] }),
  waves: [wave('Beta', [deploy('Beta', {
    env: { account: '222222222222', region: 'eu-west-1' },
    stacks: app,
    approvals: [manual('Go', { approvers: { count: 1, of: ['ada', 'grace'] } })],
  })])],
});
`;

test.each([
  ['', { count: 1, of: ['ada', 'grace'] }],
  ["identities: { ada: 'alovelace' }", { count: 1, of: ['alovelace', 'grace'] }],
  ["identities: 'claimed'", { count: 1, of: ['ada', 'grace'], claimed: true }],
])('with "%s" in the definition the question says who may answer', async (identities, approvers) => {
  const project = makeProject(definition(identities));
  await project.synthesize();
  const { events } = await project.run();
  const question = events.find((event) => event.type === 'questionAsked');
  expect(question).toMatchObject({ question: { approvers } });
});
