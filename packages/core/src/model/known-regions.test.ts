import { createRequire } from 'node:module';
import type * as regionInfo from 'aws-cdk-lib/region-info';
import { expect, test } from 'vitest';
import { isRegion } from './environment.ts';
import { knownRegions } from './known-regions.ts';

test('every region that the CDK knows is known, and has the form of one', () => {
  const { RegionInfo } = createRequire(import.meta.url)('aws-cdk-lib/region-info') as typeof regionInfo;
  expect(RegionInfo.regions.map(({ name }) => name).filter((name) => !knownRegions.includes(name))).toEqual([]);
  expect(knownRegions.filter((region) => !isRegion(region))).toEqual([]);
});
