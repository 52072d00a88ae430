import type { LowerContext } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { lowerBake } from './lower-bake.ts';

const pipelineEnv = { account: '111111111111', region: 'eu-west-1' };
const deploymentEnv = { account: '333333333333', region: 'us-east-1' };
const context: LowerContext = { name: 'Bake', position: 'approval', backend: 'any', pipelineEnv, deploymentEnv };
const arnIn = ({ account, region }: typeof pipelineEnv) => `arn:aws:cloudwatch:${region}:${account}:alarm:Errors`;

describe('a bake with alarms', () => {
  it("runs where the deployment's alarms are, with the permission to read alarms and no other", () => {
    expect(lowerBake({ minutes: 60, alarms: ['Latency', arnIn(deploymentEnv)] }, context)).toEqual({
      kind: 'lambda',
      name: 'Watch',
      options: {
        handler: 'package:@cdkpipe/plugin-bake-approval/watch',
        payload: { minutes: 60, alarms: ['Latency', 'Errors'], recovers: 15 },
        timeout: 1,
        runIn: 'target',
        rolePolicy: [
          {
            effect: 'Allow',
            actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
            resources: ['*'],
          },
        ],
      },
    });
  });

  it('may watch anywhere else', () => {
    const elsewhere = { account: '444444444444', region: 'eu-central-1' };
    const { options } = lowerBake({ minutes: 5, alarms: [arnIn(elsewhere)], runIn: elsewhere }, context);
    expect(options).toMatchObject({ runIn: elsewhere });
    expect(lowerBake({ minutes: 5, alarms: [arnIn(pipelineEnv)], runIn: 'pipeline' }, context).options).toMatchObject({
      runIn: 'pipeline',
    });
  });

  it.each([
    ['another region', { ...deploymentEnv, region: 'eu-west-1' }],
    ['another account', { ...deploymentEnv, account: '444444444444' }],
  ])('refuses one of %s, by alarm and place', (_, env) => {
    const alarms = [arnIn(deploymentEnv).replace('Errors', 'Mine'), arnIn(env)];
    expect(() => lowerBake({ minutes: 60, alarms }, context)).toThrow(
      expect.objectContaining({
        source: 'user',
        problems: [
          {
            code: 'ALARM_ELSEWHERE',
            message: `the alarm "Errors" is in ${env.account}/${env.region}, but the step watches alarms of 333333333333/us-east-1`,
            path: 'alarms[1]',
            fix: expect.stringContaining('runIn'),
          },
        ],
      }),
    );
  });
});

it('a bake without alarms needs nothing but the clock, so it runs beside the pipeline and may do nothing', () => {
  const { options } = lowerBake({ minutes: 60 }, context);
  expect(options).toMatchObject({ runIn: 'pipeline', payload: { minutes: 60, alarms: [] } });
  expect(options).not.toHaveProperty('rolePolicy');
});
