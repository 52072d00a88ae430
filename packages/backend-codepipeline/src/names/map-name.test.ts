import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapName } from './map-name.ts';
import {
  additionalArtifact,
  namespaceOf,
  physicalName,
  pipelineRoleName,
  pipelineStackName,
  projectName,
  supportStackId,
  supportStackName,
} from './names.ts';

const rule = { character: /^[a-z0-9-]$/, first: /^[a-z]$/, maxLength: 20, filler: '-' } as const;

describe('a mapped name', () => {
  it('is the name itself where the rule allows it', () => {
    expect(mapName('orders-api', rule)).toBe('orders-api');
  });

  it.each(['Orders', 'a/b', '-x', 'a-very-long-name-of-a-stack'])('carries a hash where %j had to change', (name) => {
    const mapped = mapName(name, rule);
    expect(mapped).toMatch(/^[a-z][a-z0-9-]*-[0-9a-f]{10}$/);
    expect(mapped.length).toBeLessThanOrEqual(20);
  });

  it('gets a hash where it already ends like one, so that it cannot meet a changed name', () => {
    const changed = mapName('a/b', rule);
    expect(mapName(changed, rule)).not.toBe(changed);
  });

  it('keeps different names apart and obeys its rule', () => {
    const names = fc.string({ unit: fc.constantFrom(...'ab/-_.@ 0é'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(names, names, (a, b) => {
        const [mappedA, mappedB] = [mapName(a, rule), mapName(b, rule)];
        expect(mappedA).toMatch(/^[a-z][a-z0-9-]{0,19}$/);
        if (a !== b) expect(mappedA).not.toBe(mappedB);
      }),
    );
  });
});

describe('the names this backend makes', () => {
  const near = { account: '111111111111', region: 'eu-west-1' };
  const far = { account: '222222222222', region: 'ap-southeast-4' };
  const hostile = fc.string({ minLength: 1, maxLength: 200 });

  it('meet the rules of AWS whatever they are made from', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        expect(pipelineStackName(a)).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,83}$/);
        expect(namespaceOf(a)).toMatch(/^[A-Za-z0-9@_-]{1,100}$/);
        expect(additionalArtifact(a)).toMatch(/^[A-Za-z0-9_]{1,100}$/);
        expect(projectName(a, b)).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{1,99}$/);
        expect(physicalName(a, far, { nodeId: b, env: near, id: 'ProjectRole' })).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        expect(pipelineRoleName(a, far)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        expect(supportStackId(a, near, far)).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
        expect(supportStackName(a, far)).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
      }),
    );
  });

  it('keep apart what differs in pipeline, home, node, environment or ID', () => {
    const environment = fc.record({
      account: fc.constantFrom('111111111111', '222222222222'),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
    });
    const word = fc.string({ unit: fc.constantFrom('a', '-', '1'), minLength: 1, maxLength: 3 });
    const nodeId = fc.string({ unit: fc.constantFrom('a', '-', '/', ':'), minLength: 1, maxLength: 4 });
    const thing = fc.record({ pipeline: word, home: environment, nodeId, env: environment, id: word });
    fc.assert(
      fc.property(thing, thing, (a, b) => {
        const same = physicalName(a.pipeline, a.home, a) === physicalName(b.pipeline, b.home, b);
        expect(same).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('keep apart the support stacks of pipelines that share a name', () => {
    expect(supportStackName('orders', near)).not.toBe(supportStackName('orders', { ...near, region: 'us-east-1' }));
  });

  it('tell apart projects whose pipeline and node run together', () => {
    expect(projectName('a', 'b-c')).not.toBe(projectName('a-b', 'c'));
  });
});
