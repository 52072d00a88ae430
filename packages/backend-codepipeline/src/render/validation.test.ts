import { afterEach, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { manual, removeRendered, renderPlan } from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

// Loading the validator alone takes seconds.
it("CloudFormation's own validator finds nothing in a pipeline with everything in it", {
  timeout: 300_000,
}, async () => {
  const plan = planOf({
    source: { type: 'github', repository: 'a/b', branch: 'main', tokenSecret: 'github-token', trigger: 'webhook' },
    additionalSources: { 'vendor/lib': { type: 's3', bucket: 'libs', key: 'lib.zip', trigger: 'none' } },
    build: {
      cache: { type: 'local', modes: ['source', 'docker', 'custom'] },
      privileged: true,
      fileSystems: [{ identifier: 'tools', fileSystemId: 'fs-0123abcd', mountPoint: '/tools' }],
      logging: { cloudWatch: { retention: 30 }, s3: { bucket: 'acme-logs' } },
      image: { name: 'registry.acme.com/node:22', secret: 'registry/reader' },
      buildSpec: { reports: { unit: { files: ['junit.xml'] } } },
      vpc: { vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'], securityGroupIds: ['sg-12345678'] },
      timeout: 60,
    },
    before: ['Lint'],
    deployments: [
      {
        name: 'Beta',
        stacks: [{ id: 'Orders', tags: { team: 'a' } }],
        outputs: { Orders: ['Url'] },
        changes: ['Look'],
        approvals: ['Smoke'],
      },
      {
        name: 'Prod',
        env: { account: '333333333333', region: 'us-east-1' },
        stacks: [{ id: 'Api' }],
        docker: true,
        approvals: ['Smoke'],
      },
    ],
    runIn: {
      'Beta/Smoke': { account: '111111111111', region: 'ap-south-1' },
      'Prod/Smoke': { account: '333333333333', region: 'us-east-1' },
    },
  });
  const rendered = await renderPlan(plan, {
    validate: true,
    drawStep: (node, context) =>
      node.type === 'review'
        ? { ...manual, timeout: 60 }
        : context.codeBuild({ category: 'Test', commands: ['./test.sh'], inputs: ['vendor/lib'] }),
  });
  expect(JSON.parse(rendered.read('validation-report.json')).pluginReports).toEqual([]);
});
