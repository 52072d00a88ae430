/** A run that failed in its second wave and was asked a question before, as a journal keeps it. */
import {
  emptyRun,
  foldRecords,
  type JournalRecord,
  type PlannedNode,
  type ReviewedStack,
  type RunEvent,
} from '@cdkpipe/backend-local/engine';
import type { RunView } from '../runs/run-status.ts';

const by = { user: 'ada', account: 'ada' };
const digest = 'd'.repeat(64);

const changes: readonly ReviewedStack[] = [
  {
    deployment: 'D1',
    stack: 'S1',
    isNew: false,
    resources: [
      { logicalId: 'Orders1F2E3D4C', resourceType: 'AWS::S3::Bucket', action: 'replace', properties: ['BucketName'] },
      {
        logicalId: 'CustomVpcRestrictDefaultSGCustomResourceProviderRole26592FE0',
        resourceType: 'AWS::EC2::SubnetRouteTableAssociation',
        action: 'add',
        properties: [],
      },
    ],
    others: ['Outputs.PublishOutputRefVpcPrivateSubnet1Subnet536B997ACF478E51'],
    findings: [{ concern: 'stateful', stack: 'S1', text: 'Orders1F2E3D4C (AWS::S3::Bucket) would be replaced' }],
    permissions: [
      {
        change: 'added',
        logicalId: 'Policy',
        effect: 'Allow',
        principal: 'CustomVpcRestrictDefaultSGCustomResourceProviderRole26592FE0',
        actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupEgress'],
        resource: 'arn:aws:ec2:eu-west-1:333333333333:security-group/Vpc8378EB38.DefaultSecurityGroup',
        condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
    ],
  },
];

function deployment(name: string, environment: string, stacks: number, before: readonly string[]): PlannedNode[] {
  const inside = { group: name, deployment: name };
  const names = Array.from({ length: stacks }, (_, index) => `S${index + 1}`);
  const review = `${name}/Review`;
  return [
    ...names.map((stack) => ({
      ...inside,
      id: `${name}/${stack}:prepare`,
      type: 'prepare',
      after: before,
      stack,
      environment,
    })),
    { ...inside, id: review, type: 'review', after: names.map((stack) => `${name}/${stack}:prepare`) },
    ...names.map((stack, index) => ({
      ...inside,
      id: `${name}/${stack}:execute`,
      type: 'execute',
      after: index === 0 ? [review] : [`${name}/S${index}:execute`],
      stack,
      environment,
    })),
    { ...inside, id: `${name}/Smoke`, type: 'approve', after: [`${name}/S${stacks}:execute`] },
  ];
}

/** @param deployments one after the other; the last but one fails at its smoke test */
export function failedRun(
  deployments: number,
  stacks: number,
): { view: RunView; records: JournalRecord[]; failed: string } {
  const nodes: PlannedNode[] = [];
  for (let index = 1; index <= deployments; index += 1) {
    const before = index === 1 ? [] : [`D${index - 1}/Smoke`];
    nodes.push(...deployment(`D${index}`, `22222222222${index % 2}/eu-west-1`, stacks, before));
  }
  const failed = `D${Math.max(1, deployments - 1)}/Smoke`;
  const ends = nodes.slice(
    0,
    nodes.findIndex(({ id }) => id === failed),
  );
  const events: RunEvent[] = [
    {
      type: 'runStarted',
      pipeline: 'orders',
      mode: 'rehearsal',
      deployer: 'rehearsal',
      source: { commit: '0a1b2c3d', dirty: false },
      skipBuild: false,
      model: digest,
      by,
    },
    { type: 'actionStarted', node: 'build', attempt: 1, retry: 'safe' },
    { type: 'actionEnded', node: 'build', outcome: 'succeeded', summary: 'made cdk.out' },
    { type: 'planned', digest, nodes },
    ...ends.flatMap(({ id, type }): RunEvent[] =>
      type === 'review'
        ? [
            {
              type: 'questionAsked',
              node: id,
              question: { about: 'gate', title: id, details: [], changes, approvers: { count: 1 }, digest },
            },
            { type: 'answered', node: id, decision: 'approve', by, via: 'command', comment: 'looks right', digest },
            { type: 'actionEnded', node: id, outcome: 'succeeded' },
          ]
        : [
            { type: 'actionStarted', node: id, attempt: 1, retry: 'safe' },
            { type: 'actionEnded', node: id, outcome: 'succeeded', summary: 'done' },
          ],
    ),
    { type: 'actionStarted', node: failed, attempt: 1, retry: 'safe' },
    { type: 'actionEnded', node: failed, outcome: 'failed', reason: 'curl ended with exit code 22' },
    { type: 'runEnded', outcome: 'failed', reason: `${failed} failed` },
  ];
  const records = events.map((event, index) => ({
    seq: index + 1,
    at: new Date(Date.UTC(2026, 11, 24, 17, 30) + index * 4000).toISOString(),
    event,
  }));
  return {
    view: { id: '20261224-173000-3f9a', status: 'failed', state: foldRecords(emptyRun, records) },
    records,
    failed,
  };
}
