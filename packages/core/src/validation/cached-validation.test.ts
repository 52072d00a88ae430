import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeCdk, makeDirectory, type StandInCdk } from './cdk.test.fixture.ts';
import { startTemplateValidator, type TemplateToCheck, type TemplateValidator } from './template-validator.ts';

const complains = `diagnostics = text.includes('bad')
  ? [{ ruleId: 'E1', severity: 'ERROR', message: 'bad ' + config.pseudoParameterOverrides.accountId, propertyPath: 'P',
      entity: { entityType: 'Resource', logicalId: /\\w+[0-9A-F]{8}/.exec(text)?.[0] ?? 'R' } }]
  : []`;

describe('findings of earlier runs', () => {
  const started: TemplateValidator[] = [];
  afterEach(() => Promise.all(started.splice(0).map((validator) => validator.close())));

  const run = async (cdk: StandInCdk, cacheDir: string, templates: readonly TemplateToCheck[]) => {
    const before = cdk.log().length;
    const validator = startTemplateValidator({ cdkRoot: cdk.root, cacheDir, projectKey: 'project' });
    started.push(validator);
    const findings = await validator.check(templates);
    await validator.close();
    return { findings, done: cdk.log().slice(before) };
  };
  const good = { name: 'good.json', text: '{"good":1}', account: '1' };
  const bad = { name: 'bad.json', text: '{"bad":1}', account: '1' };
  const fileIn = (cacheDir: string) => join(cacheDir, 'templates', String(readdirSync(join(cacheDir, 'templates'))[0]));

  it('are given again without the engine', async () => {
    const [cdk, cacheDir] = [makeCdk({ check: complains }), makeDirectory()];
    const first = await run(cdk, cacheDir, [good, bad]);
    const second = await run(cdk, cacheDir, [{ ...bad, name: 'renamed.json' }, good]);
    expect(first.findings).toEqual([
      { template: 'bad.json', severity: 'error', rule: 'E1', message: 'bad 1', path: 'P', resource: 'R' },
    ]);
    expect(second).toEqual({ findings: [{ ...first.findings[0], template: 'renamed.json' }], done: [] });
  });

  it('do not hold for another text, account or region, nor for another version of the validator', async () => {
    const [cdk, cacheDir] = [makeCdk(), makeDirectory()];
    await run(cdk, cacheDir, [good]);
    for (const other of [{ text: '{"good":2}' }, { account: '2' }, { region: 'eu-west-1' }]) {
      expect((await run(cdk, cacheDir, [{ ...good, ...other }])).done).toContain(other.text ?? good.text);
    }
    expect((await run(makeCdk({ version: '1.0.1' }), cacheDir, [good])).done).toEqual(['load', good.text]);
  });

  it('let only what is new be checked', async () => {
    const [cdk, cacheDir] = [makeCdk(), makeDirectory()];
    await run(cdk, cacheDir, [good]);
    expect((await run(cdk, cacheDir, [good, bad])).done).toEqual(['load', bad.text]);
  });

  it.each([
    ['cut off', '{"validator":"1/2.0.0/1.0.0","missedRuns":1,"findings":{"x"'],
    ['of another form', '{"validator":"1/2.0.0/1.0.0","missedRuns":1,"findings":{"x":[{"rule":1}]}}'],
    ['empty', ''],
    ['null', 'null'],
  ])('are made anew when their file is %s', async (_, content) => {
    const [cdk, cacheDir] = [makeCdk({ check: complains }), makeDirectory()];
    await run(cdk, cacheDir, [bad]);
    writeFileSync(fileIn(cacheDir), content);
    expect((await run(cdk, cacheDir, [bad])).findings).toHaveLength(1);
    expect((await run(cdk, cacheDir, [bad])).done).toEqual([]);
  });

  it('are done without where nothing can be written', async () => {
    const cdk = makeCdk({ check: complains });
    const cacheDir = join(makeDirectory(), 'file');
    writeFileSync(cacheDir, '');
    for (const _ of [1, 2]) expect((await run(cdk, cacheDir, [bad])).findings).toHaveLength(1);
    expect(readFileSync(cacheDir, 'utf8')).toBe('');
  });

  it('survive runs at the same time, and leave no half-written file', async () => {
    const [cdk, cacheDir] = [makeCdk(), makeDirectory()];
    await Promise.all([1, 2, 3].map((n) => run(cdk, cacheDir, [{ name: `${n}`, text: `{"n${n}":${n}}` }])));
    expect(readdirSync(join(cacheDir, 'templates'))).toHaveLength(1);
    expect(JSON.parse(readFileSync(fileIn(cacheDir), 'utf8'))).toMatchObject({ validator: '2/2.0.0/1.0.0' });
  });

  it('let the engine be loaded before anything is asked where there are none', async () => {
    const cdk = makeCdk();
    started.push(startTemplateValidator({ cdkRoot: cdk.root, cacheDir: makeDirectory() }));
    await vi.waitFor(() => expect(cdk.log()).toEqual(['load']), { timeout: 30_000 });
  });

  it('are shared by copies of a stack, which are checked once in each region', async () => {
    const cdk = makeCdk({ check: complains });
    const copy = (deployment: string, account: string, region: string, id: string): TemplateToCheck => ({
      name: `${deployment}.json`,
      text: JSON.stringify({ [id]: { bad: `arn:aws:iam::${account}:role/x`, path: `${deployment}/Data/Bucket` } }),
      account,
      region,
      deployment,
    });
    const { findings, done } = await run(cdk, makeDirectory(), [
      copy('ProdDe', '222222222222', 'eu-west-1', 'Bucket0A1B2C3D'),
      copy('ProdUk', '333333333333', 'eu-west-1', 'BucketFFEEDDCC'),
      copy('ProdUs', '333333333333', 'us-east-1', 'BucketFFEEDDCC'),
    ]);
    expect(done).toHaveLength(3);
    expect(findings.map(({ template, message, resource }) => [template, message, resource])).toEqual([
      ['ProdDe.json', 'bad 222222222222', 'Bucket0A1B2C3D'],
      ['ProdUk.json', 'bad 333333333333', 'BucketFFEEDDCC'],
      ['ProdUs.json', 'bad 333333333333', 'BucketFFEEDDCC'],
    ]);
  });
});
