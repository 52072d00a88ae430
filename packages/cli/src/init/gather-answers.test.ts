import { expect, test } from 'vitest';
import { gatherAnswers } from './gather-answers.ts';
import { questionsFor } from './questions.ts';

const questions = questionsFor('Acme Orders');
const gather = (given: Record<string, string>, takeSuggestions = true) =>
  gatherAnswers(questions, { given, takeSuggestions });

test('suggestions are answers that are accepted, whatever the source', async () => {
  for (const source of ['connection', 'github', 'codeCommit', 's3']) {
    const { of } = await gather({ source });
    for (const { name, accepts } of questions) {
      const answer = of[name];
      if (answer !== undefined)
        expect([source, name, answer, accepts(answer, of)]).toEqual([source, name, answer, true]);
    }
  }
});

test('the name comes from the directory, made to fit', async () => {
  expect((await gather({})).of.name).toBe('Acme-Orders');
});

test('what nobody can guess is told to be a placeholder, what was given is not', async () => {
  expect((await gather({ account: '123456789012' })).placeholders).toEqual([
    'repository',
    'connection-arn',
    'beta-account',
    'prod-account',
  ]);
});

test('every wrong flag is reported at once, by its name', async () => {
  const given = {
    name: 'a b',
    account: '12',
    region: 'Ireland',
    source: 'ftp',
    'connection-arn': 'arn:aws:iam::1:role/x',
    'prod-regions': 'eu-west-1,eu-west-1',
  };
  await expect(gather(given)).rejects.toMatchObject({
    source: 'user',
    problems: Object.keys(given).map((name) => ({ code: 'FLAG_INVALID', path: `--${name}` })),
  });
});

test('a repository has an owner, but on CodeCommit', async () => {
  const invalid = { problems: [{ code: 'FLAG_INVALID', path: '--repository' }] };
  await expect(gather({ repository: 'orders' })).rejects.toMatchObject(invalid);
  await expect(gather({ source: 'codeCommit', repository: 'acme/orders' })).rejects.toMatchObject(invalid);
  expect((await gather({ source: 'codeCommit', repository: 'orders' })).of.repository).toBe('orders');
});

test('a flag that the source has no use for is refused, not ignored', async () => {
  await expect(gather({ source: 's3', branch: 'main' })).rejects.toMatchObject({
    problems: [{ code: 'FLAG_UNUSED', path: '--branch' }],
  });
});

test('without anyone to ask, all missing answers are named by their flags', async () => {
  const given = { name: 'orders', account: '111111111111', region: 'eu-west-1', source: 's3' };
  await expect(gather(given, false)).rejects.toMatchObject({
    code: 'ANSWERS_MISSING',
    message: expect.stringContaining(
      '--bucket, --object-key, --beta-account, --beta-region, --prod-account, --prod-regions',
    ),
  });
});

test('a person is asked only what is needed and was not given', async () => {
  const asked: string[] = [];
  await gatherAnswers(questions, {
    given: { source: 'github', account: '111111111111' },
    takeSuggestions: false,
    ask: async ({ name }, suggestion) => {
      asked.push(name);
      return suggestion;
    },
  });
  expect(asked).toEqual([
    'name',
    'region',
    'repository',
    'branch',
    'token-secret',
    'beta-account',
    'beta-region',
    'prod-account',
    'prod-regions',
  ]);
});
