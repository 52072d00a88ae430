import { expect, test } from 'vitest';
import { configFile } from './config-file.ts';
import { gatherAnswers } from './gather-answers.ts';
import { questionsFor } from './questions.ts';

const write = async (given: Record<string, string>) =>
  configFile((await gatherAnswers(questionsFor('orders'), { given, takeSuggestions: true })).of);

test('each source is written with what it needs', async () => {
  expect(await write({})).toContain(
    "source: source.connection('acme/orders', {\n    branch: 'main',\n    connectionArn: ",
  );
  expect(await write({ source: 'github', branch: 'trunk' })).toContain(
    "source: source.github('acme/orders', { branch: 'trunk', tokenSecret: 'github-token' }),",
  );
  expect(await write({ source: 'codeCommit', repository: 'orders' })).toContain(
    "source: source.codeCommit('orders', { branch: 'main' }),",
  );
  expect(await write({ source: 's3', bucket: 'code', 'object-key': 'in/app.zip' })).toContain(
    "source: source.s3('code', 'in/app.zip'),",
  );
});

test('production has a wave for each region, and the first is reviewed by a person', async () => {
  const text = await write({ 'prod-regions': 'eu-west-1, us-east-1' });
  expect(text.match(/wave\('\w+'/g)).toEqual(["wave('Beta'", "wave('ProdEuWest1'", "wave('ProdUsEast1'"]);
  expect(text.match(/changes: /g)).toHaveLength(1);
});

test('a rehearsal has a stand-in for the URL of every deployment', async () => {
  const text = await write({ 'prod-regions': 'eu-west-1, us-east-1' });
  expect(text.match(/'\w+\/Hello'/g)).toEqual(["'Beta/Hello'", "'ProdEuWest1/Hello'", "'ProdUsEast1/Hello'"]);
});

test('an answer stays a text, whatever characters it has', async () => {
  const key = `it's'}),(`.replace(/[},]/g, '');
  expect(await write({ source: 's3', 'object-key': key })).toContain(
    String.raw`source.s3('source-111111111111', 'it\'s\')('),`,
  );
});
