import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test, vi } from 'vitest';
import { askAws } from './ask-aws.ts';

const { signal } = new AbortController();
const command = new DescribeAlarmsCommand({ AlarmNames: ['errors'] });

/** A client of the real SDK that reaches nobody. */
function makeClient() {
  const client = new CloudWatchClient({ region: 'eu-west-1' });
  const send = vi.spyOn(client, 'send').mockImplementation(async () => ({ MetricAlarms: [{ AlarmName: 'errors' }] }));
  return { client, send };
}

test('a command is sent with the signal of the task, and its output has the type that the SDK gives it', async () => {
  const { client, send } = makeClient();
  const { MetricAlarms } = await askAws(client, command, { mode: 'deploy', signal });
  const names: (string | undefined)[] = MetricAlarms?.map(({ AlarmName }) => AlarmName) ?? [];
  expect(names).toEqual(['errors']);
  expect(send).toHaveBeenCalledExactlyOnceWith(command, { abortSignal: signal });
});

test('a rehearsal asks AWS nothing, and says which command it was', async () => {
  const { client, send } = makeClient();
  await expect(askAws(client, command, { mode: 'rehearsal', signal })).rejects.toMatchObject({
    problems: [{ code: 'AWS_IN_REHEARSAL', message: expect.stringContaining('DescribeAlarmsCommand') }],
  });
  expect(send).not.toHaveBeenCalled();
});
