import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templateInvalid } from '../errors/catalogue/validation.ts';
import { realCdk } from './cdk.test.fixture.ts';
import { startTemplateValidator, type TemplateToCheck, type TemplateValidator } from './template-validator.ts';

const template = (resources: object): string => JSON.stringify({ Resources: resources });
const bucket = (properties: object) => ({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: properties,
    Metadata: { 'aws:cdk:path': 'Beta/Data/Bucket/Resource' },
  },
});

describe('the validator of aws-cdk-lib', () => {
  let validator: TemplateValidator;
  beforeAll(() => {
    validator = startTemplateValidator({ cdkRoot: realCdk });
  });
  afterAll(() => validator.close());

  const check = (text: string, more: Partial<TemplateToCheck> = {}) =>
    validator.check([{ name: 'Beta/Data.template.json', text, account: '222222222222', region: 'eu-west-1', ...more }]);

  it('has nothing to say of a good template', async () => {
    expect(await check(template(bucket({ BucketName: 'orders' })))).toEqual([]);
  });

  it('refuses a property that does not exist, with rule, resource, place and construct', async () => {
    expect(await check(template(bucket({ BucketNam: 'orders' })))).toEqual([
      {
        template: 'Beta/Data.template.json',
        severity: 'error',
        rule: 'F3002',
        message: expect.stringContaining("'BucketNam' was unexpected"),
        resource: 'Bucket',
        construct: 'Beta/Data/Bucket/Resource',
        path: 'Properties.BucketNam',
      },
    ]);
  });

  it('only warns where the validator only warns', async () => {
    const text = template({
      Address: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-12345678901234567' } },
    });
    expect((await check(text)).map(({ severity, rule }) => [severity, rule])).toEqual([['warning', 'W9010']]);
  });

  it('refuses text that is no template', async () => {
    expect(await check('{"Resources":')).toMatchObject([{ severity: 'error', rule: 'F1101' }]);
  });

  it("applies the rules of the template's own region", async () => {
    const text = template({ Instance: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: 't1.micro' } } });
    expect(await check(text, { region: 'us-east-1' })).toEqual([]);
    expect(await check(text, { region: 'mx-central-1' })).toMatchObject([{ severity: 'error', rule: 'E3628' }]);
  });

  it('applies the rules that the CDK adds', async () => {
    const range = { FromPort: 9, ToPort: 8, IpRange: '0.0.0.0/0', Protocol: 'TCP' };
    const text = template({
      Fleet: { Type: 'AWS::GameLift::Fleet', Properties: { Name: 'fleet', EC2InboundPermissions: [range] } },
    });
    expect((await check(text)).map(({ rule }) => rule)).toContain('CDK-GameLift-001');
  });

  it('keeps silent about what the author has acknowledged', async () => {
    const text = template({ ...bucket({ BucketNam: 'orders' }), Other: bucket({ BucketNam: 'others' }).Bucket });
    const acknowledged = [{ rule: 'F3002', resource: 'Bucket' }];
    expect((await check(text, { acknowledged })).map(({ resource }) => resource)).toEqual(['Other']);
    expect(await check(text, { acknowledged: [{ rule: 'F3002' }] })).toEqual([]);
    expect(await check(text, { acknowledged: [{ rule: 'F3003' }] })).toHaveLength(2);
  });

  it('answers several questions at once, each in the order of its templates', async () => {
    const names = ['a', 'b', 'c'];
    const ask = (property: string) =>
      validator.check(
        names.map((name) => ({ name, text: template(bucket({ [property]: name })), region: 'eu-west-1' })),
      );
    const [wrong, right] = await Promise.all([ask('Nonsense'), ask('BucketName')]);
    expect(wrong.map((finding) => finding.template)).toEqual(names);
    // Three letters are the least that a bucket's name may have.
    expect(right.map(({ template: name, path }) => [name, path])).toEqual(
      names.map((name) => [name, 'Properties.BucketName']),
    );
  });

  it('is worded as a problem that names template, rule, place and construct', async () => {
    const [finding] = await check(template(bucket({ BucketNam: 'orders' })));
    expect(finding && templateInvalid(finding)).toEqual({
      code: 'TEMPLATE_INVALID',
      message: expect.stringMatching(
        /^the template "Beta\/Data\.template\.json" fails rule F3002 at Bucket\.Properties\.BucketNam: .*BucketName/,
      ),
      location: 'Beta/Data.template.json',
      fix: 'correct what makes "Beta/Data/Bucket/Resource"',
    });
  });
});
