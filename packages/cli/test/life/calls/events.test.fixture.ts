/** What services call by themselves: EventBridge, its scheduler, the access logs of S3. */
import type { Cloud } from '../cloud/cloud.test.fixture.ts';
import { assumedBy, callsOf, type LifeCall } from './life-call.test.fixture.ts';

/** Rules whose event has come, with all of their targets. */
export function ruleCalls(cloud: Cloud): LifeCall[] {
  return cloud.all('AWS::Events::Rule').flatMap(({ names, properties, stack: { env } }) =>
    (properties.Targets as readonly { Arn: string; RoleArn?: string }[]).flatMap(({ Arn, RoleArn }) => {
      const service = Arn.split(':')[2] ?? '';
      const action = { codepipeline: 'codepipeline:StartPipelineExecution', sns: 'sns:Publish' }[service];
      const does = action ?? 'lambda:InvokeFunction';
      const keys = { 'aws:SourceArn': names.arn ?? '', 'aws:SourceAccount': env.account };
      const says = `the rule ${names.ref}`;
      if (RoleArn !== undefined)
        return [
          ...assumedBy('events.amazonaws.com', RoleArn, {
            sourceArn: names.arn ?? '',
            source: 'eventRole',
            sendsKeys: true,
          }),
          ...callsOf(says, { role: RoleArn }, [{ actions: does, on: Arn, source: 'eventRole' }]),
        ];
      // The user guide knows no condition in the policy of a topic for EventBridge: it must work without the keys.
      const context = service === 'sns' ? {} : keys;
      return callsOf(says, { service: 'events.amazonaws.com' }, [
        { actions: does, on: Arn, with: context, source: service === 'sns' ? 'eventTargets' : 'lambdaPermission' },
      ]);
    }),
  );
}

/** https://docs.aws.amazon.com/scheduler: the source is the group of the schedule. */
export function scheduleCalls(cloud: Cloud): LifeCall[] {
  return cloud.all('AWS::Scheduler::Schedule').flatMap(({ names, properties, stack: { env } }) => {
    const { Arn, RoleArn } = properties.Target;
    const group = `arn:aws:scheduler:${env.region}:${env.account}:schedule-group/${properties.GroupName ?? 'default'}`;
    return [
      ...assumedBy('scheduler.amazonaws.com', RoleArn, { sourceArn: group, source: 'scheduleRole', sendsKeys: true }),
      ...callsOf(`the schedule ${names.ref}`, { role: RoleArn }, [
        { actions: 'lambda:InvokeFunction', on: Arn, source: 'scheduleRole' },
      ]),
    ];
  });
}

/** S3 writes down who asked a bucket for what. */
export function accessLogCalls(cloud: Cloud): LifeCall[] {
  return cloud.all('AWS::S3::Bucket').flatMap(({ names, properties, stack }) => {
    const bucket = properties.LoggingConfiguration?.DestinationBucketName;
    if (bucket === undefined) return [];
    const keys = { 'aws:SourceArn': names.arn ?? '', 'aws:SourceAccount': stack.env.account };
    return callsOf(`access logs of ${names.ref}`, { service: 'logging.s3.amazonaws.com' }, [
      { actions: 's3:PutObject', on: `arn:aws:s3:::${bucket}/2026-11-29-0a1b`, with: keys, source: 'accessLogs' },
    ]);
  });
}
