/** Updates of pipelines, evaluated: what is deployed must allow what the next version needs, in both directions. */
import { beforeAll, describe, expect, test } from 'vitest';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import type { Cloud } from './cloud/cloud.test.fixture.ts';
import { outside, projectOf } from './definitions/definition.test.fixture.ts';
import { versions } from './definitions/versions.test.fixture.ts';
import { type Emitted, emit } from './walk/emitted.test.fixture.ts';
import { Findings } from './walk/findings.test.fixture.ts';
import { deployAll, emptyCloud, events, firstDeployment, run, update } from './walk/walk-life.test.fixture.ts';

const [first = '', ...additions] = Object.keys(versions);
const emitted = new Map<string, Emitted>();

beforeAll(async () => {
  for (const [name, text] of Object.entries(versions)) emitted.set(name, await emit(makeDirectory(projectOf(text))));
});

const emittedOf = (name: string): Emitted => {
  const found = emitted.get(name);
  if (!found) throw new Error(`${name} was not emitted`);
  return found;
};

/** Every environment is bootstrapped before the pipeline needs it. */
const startWith = (old: Emitted, next: Emitted): Cloud =>
  emptyCloud({ ...old, environments: [...old.environments, ...next.environments] }, outside);

function walkUpdate(old: Emitted, next: Emitted): Findings {
  const findings = new Findings();
  const before = firstDeployment(old, startWith(old, next), new Findings());
  const after = update(next, before, findings);
  run(next, after, findings);
  events(next, after, findings);
  return findings;
}

/** Whether the update would be allowed if its stacks were deployed in another order. */
function isAllowed(old: Emitted, next: Emitted, stacks: Emitted['stacks']): boolean {
  const findings = new Findings();
  update({ ...next, stacks }, firstDeployment(old, startWith(old, next), new Findings()), findings);
  return findings.denied.size === 0;
}

describe.each(['a region', 'an account in another region', 'steps in a target'])('the update that adds %s', (name) => {
  test('depends on the stack with its role to be the first', () => {
    const [old, next] = [emittedOf(first), emittedOf(name)];
    const [role, ...others] = next.stacks;
    expect(role?.id).toMatch(/update/);
    expect(isAllowed(old, next, next.stacks)).toBe(true);
    expect(isAllowed(old, next, [...others, ...(role ? [role] : [])])).toBe(false);
  });
});

describe.each(additions)('the update that adds %s', (name) => {
  test('is allowed by the version that is deployed, and so is the run after it', () => {
    const findings = walkUpdate(emittedOf(first), emittedOf(name));
    expect(findings.asked).toBeGreaterThan(50);
    expect([...findings.denied]).toEqual([]);
  });

  test('can be taken back', () => {
    expect([...walkUpdate(emittedOf(name), emittedOf(first)).denied]).toEqual([]);
  });

  test('leaves runs of the old pipeline alone until the pipeline itself is replaced, or where that fails', () => {
    const [old, next] = [emittedOf(first), emittedOf(name)];
    const before = firstDeployment(old, startWith(old, next), new Findings());
    // CloudFormation takes back the stack of the pipeline; those before it stay as the next version wants them.
    const between = deployAll(next.stacks.slice(0, -1), before);
    const findings = new Findings();
    run(old, between, findings, next);
    events(old, between, findings);
    expect([...findings.denied]).toEqual([]);
  });
});
