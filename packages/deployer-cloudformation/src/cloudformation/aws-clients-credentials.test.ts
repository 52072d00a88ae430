import { expect, test } from 'vitest';
import { awsClients } from './aws-clients.ts';

const env = { account: '222222222222', region: 'eu-west-1' };

test.each([
  ['are kept as long as they last', 60 * 60_000, 1],
  ['are asked for again when they are about to end', 1_000, 2],
])('credentials of the host %s', async (_title, lasting, times) => {
  const asked: string[] = [];
  const clients = awsClients('r1', (account) => async () => {
    asked.push(account);
    const expiration = new Date(Date.now() + lasting);
    return { accessKeyId: `key-${asked.length}`, secretAccessKey: 's', sessionToken: 't', expiration };
  });
  const { credentials } = clients.cloudFormation(env, {}).config;
  const keys = [(await credentials()).accessKeyId, (await credentials()).accessKeyId];
  expect(new Set(keys).size).toBe(times);
  expect(new Set(asked)).toEqual(new Set(['222222222222']));
});
