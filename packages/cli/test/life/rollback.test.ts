/** Rollbacks of stages, evaluated: what is deployed must allow an earlier version of the app to be deployed again. */
import { beforeAll, describe, expect, test } from 'vitest';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import { Cloud } from './cloud/cloud.test.fixture.ts';
import { outside, projectOf } from './definitions/definition.test.fixture.ts';
import { gateDefinitions } from './definitions/gates.test.fixture.ts';
import { type Emitted, emit } from './walk/emitted.test.fixture.ts';
import { Findings } from './walk/findings.test.fixture.ts';
import { deployAll, emptyCloud, rollBack } from './walk/walk-life.test.fixture.ts';

const { everyMode = '' } = gateDefinitions;
/** Three stacks that all differ from those of the earlier version, in a pipeline of the same structure. */
const later = everyMode.replace("'Topic', { type: 'AWS::SNS::Topic' }", "'Later', { type: 'AWS::SQS::Queue' }");
let earlier: Emitted;
let cloud: Cloud;

beforeAll(async () => {
  earlier = await emit(makeDirectory(projectOf(everyMode)));
  const now = await emit(makeDirectory(projectOf(later)));
  cloud = deployAll(now.stacks, emptyCloud(now, outside));
});

describe('a rollback', () => {
  test('is allowed each call that deploys the earlier version again', () => {
    const findings = new Findings();
    expect(rollBack(earlier, cloud, findings)).toEqual(['First', 'Second', 'Third']);
    expect(findings.asked).toBeGreaterThan(50);
    expect([...findings.denied]).toEqual([]);
  });

  test('is denied where the roles that deploy are no longer there', () => {
    const findings = new Findings();
    const stacks = cloud.stacks.filter(({ name }) => name !== 'CDKToolkit');
    rollBack(earlier, new Cloud(stacks, cloud.outside), findings);
    expect([...findings.denied].join()).toMatch(/the rollback of First: .*deploy-role/);
  });
});
