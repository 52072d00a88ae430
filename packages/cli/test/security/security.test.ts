/** Holds the roles, buckets and keys of the example's pipeline against what docs/security.md promises. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { synthesize } from '@cdkpipe/core/host';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import {
  type EmittedPolicy,
  ownStacks,
  readAcknowledged,
  readPolicies,
  readTemplate,
  type Template,
  unexpectedWildcards,
} from './emitted-policies.test.fixture.ts';
import { furtherDefinitions } from './further-definitions.test.fixture.ts';
import { runNag } from './run-nag.test.fixture.ts';
import { describeFurther, describePolicies } from './security-page.test.fixture.ts';

const example = resolve(import.meta.dirname, '../../../../examples/orders');
const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-security-'));
const directory = join(scratch, 'cdk.out');
let policies: EmittedPolicy[] = [];
/** Those of the further definitions. */
const further: EmittedPolicy[] = [];

beforeAll(async () => {
  await synthesize({ cwd: example, output: directory, builtIns: [codePipeline], validate: false });
  policies = readPolicies(directory);
  for (const definition of furtherDefinitions) {
    const cwd = makeDirectory({ 'cdkpipe.config.ts': definition });
    await synthesize({ cwd, builtIns: [codePipeline], validate: false });
    further.push(...readPolicies(join(cwd, 'cdk.out')));
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const resourcesOf = (type: string): Template[] =>
  ownStacks(directory).flatMap((stack) =>
    Object.values<Template>(readTemplate(directory, stack).Resources).filter(({ Type }) => Type === type),
  );
const grantsOf = (action: RegExp) =>
  policies.flatMap(({ description, statements }) =>
    statements
      .filter(({ actions }) => actions.some((each) => action.test(each)))
      .map(({ resources }) => ({ description, resources })),
  );

describe('the roles of the example', () => {
  test('may do nothing to everything, but for a short list with reasons', () => {
    expect(policies.length).toBeGreaterThan(10);
    expect(unexpectedWildcards(policies)).toEqual([]);
  });

  test('say why each statement is there', () => {
    const unexplained = policies.flatMap(({ logicalId, statements }) =>
      statements.filter(({ reason }) => !reason).map(({ actions }) => `${logicalId}: ${actions}`),
    );
    expect(unexplained).toEqual([]);
  });

  test('may delete nothing, and start nothing but their own projects, by name', () => {
    const all = policies.flatMap(({ statements }) => statements.flatMap(({ actions }) => actions));
    expect(all.filter((action) => /:(Delete|Remove|Terminate)/.test(action))).toEqual([]);
    const starts = grantsOf(/^codebuild:StartBuild$/).flatMap(({ resources }) => resources);
    const names = starts.map((arn) => /^arn:aws:codebuild:[a-z0-9-]+:\d{12}:project\/(.+)$/.exec(arn)?.[1]);
    const projects = resourcesOf('AWS::CodeBuild::Project').map(({ Properties }) => Properties.Name);
    expect(names.toSorted()).toEqual(projects.toSorted());
  });

  test('assume exactly the deploy and publishing roles of their targets, and to review changes the look-up role', () => {
    const role = (kind: string, account: string, region = 'eu-west-1') =>
      `arn:aws:iam::${account}:role/cdk-hnb659fds-${kind}-role-${account}-${region}`;
    const publishing = (account: string, region: string) =>
      ['file-publishing', 'image-publishing'].map((kind) => role(kind, account, region));
    const actions = policies.flatMap(({ trust, account, name }) =>
      trust.some(({ Principal }) => Principal.AWS === 'arn:aws:iam::111111111111:root')
        ? [`arn:aws:iam::${account}:role/${name}`]
        : [],
    );
    expect(actions).toHaveLength(6);
    const assumed = Object.fromEntries(grantsOf(/^sts:/).map(({ description, resources }) => [description, resources]));
    const readers = policies.filter(({ description }) => description.endsWith('look up values'));
    expect(readers).toHaveLength(3);
    const own = policies.map(({ account, region }) => ({ account, region }));
    expect(Object.fromEntries(Object.entries(assumed).map(([who, roles]) => [who, roles.toSorted()]))).toEqual({
      'Publishes assets to 222222222222/eu-west-1': publishing('222222222222', 'eu-west-1'),
      'Publishes assets to 333333333333': ['file-publishing', 'image-publishing'].flatMap((kind) =>
        ['eu-west-1', 'us-east-1'].map((region) => role(kind, '333333333333', region)),
      ),
      'Updates the pipeline orders': [
        ...new Set(
          [...own, { account: '111111111111', region: 'us-east-1' }].flatMap(({ account, region }) => [
            role('deploy', account, region),
            role('file-publishing', account, region),
          ]),
        ),
      ].toSorted(),
      'Reads the change sets of the pipeline orders': [role('lookup', '333333333333')],
      ...Object.fromEntries(
        readers.map(({ description, name }) => [
          `Runs the commands of ${/"(.+)"/.exec(description)?.[1]}`,
          [`arn:aws:iam::111111111111:role/${name}`],
        ]),
      ),
      'Runs the pipeline orders': [
        role('deploy', '222222222222'),
        role('deploy', '333333333333'),
        role('deploy', '333333333333', 'us-east-1'),
        ...actions,
      ].toSorted(),
    });
  });

  test('can be assumed by one service, for the account of its stack, or by one role', () => {
    const roles = policies.filter(({ type }) => type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(10);
    for (const { trust, account } of roles) {
      expect(trust).toHaveLength(1);
      const [{ Principal, Condition }] = trust;
      const condition = JSON.stringify(Condition);
      if (Principal.AWS) {
        // The pipeline works elsewhere, and builds elsewhere look values up at home.
        const assuming = /^arn:aws:iam::(\d{12}):root$/.exec(Principal.AWS)?.[1] ?? '';
        expect(assuming === '111111111111').toBe(account !== '111111111111');
        const arn = String.raw`arn:aws:iam::${assuming}:role\/[^*"]+`;
        expect(condition).toMatch(new RegExp(String.raw`^\{"ArnEquals":\{"aws:PrincipalArn":"${arn}"\}\}$`));
        continue;
      }
      expect(condition).toContain(`"aws:SourceAccount":"${account}"`);
      if (Principal.Service !== 'lambda.amazonaws.com') expect(condition).toContain('"aws:SourceArn":"arn:');
    }
  });
});

describe('the roles of other definitions', () => {
  test('say why each statement is there, and of each wildcard why it is one', () => {
    const unexplained = further.flatMap(({ logicalId, statements, wildcards }) =>
      statements.flatMap(({ actions, resources, reason }) => [
        ...(reason ? [] : [`${logicalId}: ${actions}`]),
        // What a definition or a kind asks for in `rolePolicy` stands as it is; bake's README says why its own is one.
        ...resources
          .filter((each) => each.includes('*') && !wildcards[each] && !reason?.includes('rolePolicy'))
          .map((each) => `${logicalId}: ${each}`),
      ]),
    );
    expect(unexplained).toEqual([]);
  });

  test('may do nothing by pattern, pass no role, and delete only interfaces of their own network', () => {
    const actions = further.flatMap(({ statements }) => statements.flatMap((each) => each.actions));
    expect(actions.filter((action) => /\*|PassRole/.test(action))).toEqual([]);
    expect(new Set(actions.filter((action) => /:(Delete|Remove)/.test(action)))).toEqual(
      new Set(['ec2:DeleteNetworkInterface']),
    );
  });

  test('are taken on by the scheduler for schedules of their own account and region', () => {
    const [scheduler] = further
      .flatMap(({ trust }) => trust)
      .filter(({ Principal }) => /^scheduler/.test(Principal.Service));
    expect(scheduler?.Condition.ArnLike).toEqual({
      'aws:SourceArn': 'arn:aws:scheduler:eu-west-1:111111111111:schedule-group/default',
    });
  });

  test('can be assumed for their own account alone, by services that promise to say for whom', () => {
    const strict = further.flatMap(({ trust }) => trust).filter(({ Condition }) => Condition.StringEquals);
    expect(new Set(strict.map(({ Principal }) => Principal.Service))).toEqual(
      new Set(['codebuild.amazonaws.com', 'events.amazonaws.com', 'scheduler.amazonaws.com']),
    );
    for (const { Condition } of strict) expect(Condition.StringEquals['aws:SourceAccount']).toBe('111111111111');
  });
});

describe('the buckets and keys of the example', () => {
  test('are versioned, logged, closed and kept; nothing goes in without TLS and encryption', () => {
    const buckets = resourcesOf('AWS::S3::Bucket').filter(({ Properties }) => Properties.LoggingConfiguration);
    expect(buckets).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of buckets) {
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
      expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      expect(Properties.LifecycleConfiguration.Rules[0]).toMatchObject({ ExpirationInDays: 365, Status: 'Enabled' });
    }
    const denials = resourcesOf('AWS::S3::BucketPolicy')
      .map(({ Properties }) => Properties.PolicyDocument.Statement)
      .map((statements) => statements.flatMap(({ Effect, Sid }: Template) => (Effect === 'Deny' ? [Sid] : [])));
    const guarded = ['OnlyEncryptedConnections', 'OnlyEncryptedPuts', 'OnlyWithItsKey'];
    const logs = ['OnlyEncryptedConnections'];
    expect(denials.toSorted()).toEqual([logs, logs, guarded, guarded]);
  });

  test('have keys that rotate and stay', () => {
    const keys = resourcesOf('AWS::KMS::Key');
    expect(keys).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of keys)
      expect([Properties.EnableKeyRotation, DeletionPolicy]).toEqual([true, 'RetainExceptOnCreate']);
  });
});

describe('cdk-nag', () => {
  test('has at most six findings in the stack of the pipeline; each, there and elsewhere, is acknowledged with a reason', () => {
    const findingsIn = (stack: string) => {
      const acknowledged = readAcknowledged(directory, stack);
      return runNag(directory, stack).map(({ rule, logicalId }) => ({
        finding: `${logicalId}: ${rule}`,
        reason: acknowledged[logicalId]?.[rule],
      }));
    };
    const pipeline = findingsIn('orders-pipeline');
    expect(pipeline.length).toBeLessThanOrEqual(6);
    expect(new Set(pipeline.map(({ finding }) => finding.split(':')[0]))).toEqual(
      new Set(['ReadAssembly', 'ReadSource', 'ReportJobs', 'Role']),
    );
    const all = ownStacks(directory).flatMap(findingsIn);
    expect(all.filter(({ reason }) => !reason)).toEqual([]);
  });
});

describe('docs/security.md', () => {
  const page = resolve(import.meta.dirname, '../../../../docs/security.md');

  /** The page with the text between `<!-- name -->` and `<!-- /name -->` replaced. */
  function replaced(text: string, name: string, content: string): string {
    const [head, rest] = text.split(`<!-- ${name} -->\n`);
    const [, tail] = rest?.split(`<!-- /${name} -->`) ?? [];
    if (tail === undefined) throw new Error(`the page has no ${name}`);
    return `${head}<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->${tail}`;
  }

  test('lists each statement that is emitted, and why (npm run docs:security writes it anew)', () => {
    const written = readFileSync(page, 'utf8');
    const example = replaced(written, 'example', describePolicies(policies));
    const expected = replaced(example, 'further', describeFurther(policies, further));
    if (process.env.CDKPIPE_WRITE_DOCS) writeFileSync(page, expected);
    expect(readFileSync(page, 'utf8')).toBe(expected);
  });
});
