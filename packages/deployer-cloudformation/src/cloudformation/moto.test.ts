/** The deployer over a real connection against moto; it proves the calls, not the templates. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sayChanges } from '../contract/change-summary.ts';
import { awsClients } from './aws-clients.ts';
import { hasMoto, startMoto } from './moto.test.fixture.ts';
import { env, makeProject, secretKey } from './stack.test.fixture.ts';

const bucket = `cdk-hnb659fds-assets-${env.account}-${env.region}`;

describe.skipIf(!hasMoto)('the deployer "cloudformation" against moto', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  const openBucket = async () => {
    const role = `arn:aws:iam::${env.account}:role/cdk-hnb659fds-file-publishing-role-${env.account}-${env.region}`;
    const s3 = awsClients('test').s3(env, { arn: role });
    await s3.send(
      new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    return s3;
  };

  test('publishes, prepares, executes exactly that, repeats nothing, and keeps no secret', async () => {
    const { deployer, tools, target, lines, store } = makeProject(moto.endpoint);
    const first = target({ withAsset: true });
    const publish = { run: first.run, node: 'p', env, assemblyDirectory: first.assemblyDirectory };
    const manifests = ['Api.assets.json'];
    await expect(deployer.publish({ ...publish, manifests }, tools)).rejects.toThrow(/No bucket named/);
    const s3 = await openBucket();
    expect(await deployer.publish({ ...publish, manifests }, tools)).toBe('2 assets published');
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(Contents.map(({ Key = '' }) => Key.split('.')[1]).sort()).toEqual(['json', 'txt']);
    await deployer.publish({ ...publish, manifests }, tools);
    expect(lines.filter((line) => line.startsWith('Found'))).toHaveLength(2);

    const replaced = await deployer.prepare(first, tools);
    const prepared = await deployer.prepare(first, tools);
    expect(sayChanges(prepared.changes)).toBe('1 to add');
    expect(prepared.reference).toMatch(/^arn:aws:cloudformation:eu-west-1:222222222222:changeSet\/cdkpipe-/);
    expect(prepared.reference).not.toBe(replaced.reference);
    const executed = await deployer.execute(first, prepared, tools);
    expect(executed.summary).toBe('1 to add');
    expect(await deployer.execute(first, prepared, tools)).toEqual(executed);
    expect(lines).toContain('it was executed before; looking at what the stack did');

    const kept = readdirSync(store, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = [...lines, ...kept.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))];
    expect(texts.filter((text) => text.includes(secretKey))).toEqual([]);
  });
});

test.skipIf(hasMoto)('the tests against moto were skipped: 1 test', () => {});
if (!hasMoto) process.stderr.write('skipped 1 test: this machine has no moto server\n');
