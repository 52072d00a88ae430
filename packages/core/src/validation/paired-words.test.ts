import { describe, expect, it } from 'vitest';
import { pairWords, splitWords } from './paired-words.ts';

const beta = { account: '222222222222', region: 'eu-west-1', deployment: 'Beta' };
const prod = { account: '333333333333', region: 'eu-west-1', deployment: 'Prod' };
const pairs = (mine: object, theirs: object, original: object = beta, copy: object = prod) =>
  pairWords(
    { ...original, words: splitWords(JSON.stringify(mine)) },
    { ...copy, words: splitWords(JSON.stringify(theirs)) },
  );

describe('two templates', () => {
  it.each([
    ['own accounts', { a: 'arn:aws:iam::222222222222:role/x' }, { a: 'arn:aws:iam::333333333333:role/x' }],
    ['own accounts inside a name', { a: 'assets-222222222222-eu-west-1' }, { a: 'assets-333333333333-eu-west-1' }],
    [
      'paths',
      { path: 'Beta/Data/Table', text: 'Created by Beta/Data' },
      { path: 'Prod/Data/Table', text: 'Created by Prod/Data' },
    ],
    ['exports', { 'Fn::ImportValue': 'Beta-Data:Table' }, { 'Fn::ImportValue': 'Prod-Data:Table' }],
    ['identifiers', { toBetaApi0A1B2C3D: 1 }, { toProdApiFFEEDD01: 1 }],
    [
      'hashes',
      { ApiDeploymentB17BE62D1fcebb18280ab580ba549855770cf64b: 1 },
      { ApiDeploymentB17BE62D7a323824d2a0d17d335f1b69d24c8dfb: 1 },
    ],
  ])('are copies when they differ in their %s', (_, mine, theirs) => {
    expect(pairs(mine, theirs)).toBeDefined();
  });

  it.each([
    ['a value', { InstanceType: 'm5.large' }, { InstanceType: 't3.large' }],
    ['a number', { Size: 10000000 }, { Size: 20000000 }],
    ['the account of somebody else', { a: '444444444444' }, { a: '555555555555' }],
    ['the length of a word', { a: 'Beta/Data' }, { a: 'Prod/Data1' }],
    ['how many words there are', { a: 'Beta/Data' }, { a: 'Prod/Data', b: '1' }],
    ['what stands between words', { a: 'Beta/Data,x' }, { a: 'Prod/Data;x' }],
    ['a word that only looks like the name', { Size: 'Beta' }, { Size: 'Prod' }],
    ['a word that does so after a path did', { a: 'Beta/Data', Size: 'Beta' }, { a: 'Prod/Data', Size: 'Prod' }],
    [
      'a reference: two names of one become one',
      { A0A1B2C3D: 1, Ref: 'A11111111' },
      { AFFEEDD01: 1, Ref: 'AFFEEDD01' },
    ],
    ['a reference: one name becomes two', { A0A1B2C3D: 1, Ref: 'A0A1B2C3D' }, { AFFEEDD01: 1, Ref: 'AFFEEDD02' }],
    [
      'a reference: one name stands for itself too',
      { A0A1B2C3D: 1, Ref: 'A0A1B2C3D' },
      { AFFEEDD01: 1, Ref: 'A0A1B2C3D' },
    ],
  ])('are no copies when they differ in %s', (_, mine, theirs) => {
    expect(pairs(mine, theirs)).toBeUndefined();
  });

  it('are no copies in two regions, nor when only one has an account, nor when their names differ in form', () => {
    const path = (name: string) => ({ a: `${name}/Data` });
    expect(pairs(path('Beta'), path('Prod'), beta, { ...prod, region: 'us-east-1' })).toBeUndefined();
    expect(pairs(path('Beta'), path('Prod'), beta, { deployment: 'Prod', region: 'eu-west-1' })).toBeUndefined();
    expect(pairs(path('Beta'), path('prod'), beta, { ...prod, deployment: 'prod' })).toBeUndefined();
  });

  it('tell which word stands for which', () => {
    const words = pairs({ BetaTable0A1B2C3D: 'Beta/Data' }, { ProdTableFFEEDD01: 'Prod/Data' });
    expect(Object.fromEntries(words ?? [])).toEqual({ BetaTable0A1B2C3D: 'ProdTableFFEEDD01', Beta: 'Prod' });
  });
});
