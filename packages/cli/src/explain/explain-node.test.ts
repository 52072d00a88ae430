import { resolve } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import local from '@cdkpipe/backend-local';
import { type ExplainReport, explainProject } from '@cdkpipe/core/host';
import { beforeAll, describe, expect, test } from 'vitest';
import { outlinePlan } from '../outline/outline-plan.ts';
import { explainNode } from './explain-node.ts';

const cwd = resolve(import.meta.dirname, '../../../../examples/orders');
let report: ExplainReport;
beforeAll(async () => {
  report = await explainProject({ cwd, builtIns: [codePipeline] });
});

const roleOf = (id: string, use: RegExp) => explainNode(id, report).roles?.find((role) => use.test(role.use));

describe('on CodePipeline', () => {
  test('every action of the plan is explained with its place, its costs, and a reason for each statement', () => {
    const actions = outlinePlan(report.plan, report.layout).stages.flatMap((stage) => stage.actions);
    expect(actions.length).toBeGreaterThan(40);
    for (const { id, stack } of actions) {
      const { emitted, costs = [], roles = [], why } = explainNode(id, report);
      expect([emitted, why].join(), id).toMatch(/stage .+, action .+/);
      expect(costs, id).not.toEqual([]);
      const statements = roles.flatMap((role) => role.statements);
      expect(
        statements.filter(({ reason }) => !reason),
        id,
      ).toEqual([]);
      // Stacks are changed with roles of the bootstrap stack, which is not ours.
      expect(statements.length > 0 || roles.length === 0 || stack !== undefined, id).toBe(true);
    }
  });

  test('a check in another account has the role of the action and that of its commands, from the stack there', () => {
    const { plugin, environment, waitsFor, holdsBack, file, path } = explainNode('ProdEu/Smoke', report);
    expect(plugin).toEqual({ name: '@cdkpipe/plugin-codebuild-approval', version: expect.any(String) });
    expect(environment).toEqual({ account: '333333333333', region: 'eu-west-1' });
    expect(waitsFor).toEqual(['ProdEu/Monitoring:execute']);
    expect(holdsBack).toContain('ProdUs:before/EuropeIsHealthy');
    expect([file, path]).toEqual([
      resolve(cwd, 'cdkpipe.config.ts'),
      'waves[1].deployments[0].approvals[0].parallel[0]',
    ]);
    const stack = 'orders-pipeline-support-333333333333-eu-west-1';
    expect(roleOf('ProdEu/Smoke', /performs? the action/)).toMatchObject({
      stack,
      statements: [{ actions: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'] }],
    });
    expect(roleOf('ProdEu/Smoke', /commands/)).toMatchObject({ stack });
  });

  test('the update has what other stacks attach to its role, and what its role is given', () => {
    const actions = roleOf('update', /commands/)?.statements.flatMap((statement) => statement.actions);
    expect(actions).toEqual(expect.arrayContaining(['sts:AssumeRole', 'logs:PutLogEvents', 's3:GetObject']));
  });

  test('a manual approval needs no role and is not charged', () => {
    expect(explainNode('ProdUs/Done', report)).toMatchObject({
      roles: [],
      costs: [expect.stringContaining('nothing')],
    });
  });

  test('what the backend adds is explained as its own', () => {
    const { why, plugin } = explainNode('ProdEu:changes/Data:verify', report);
    expect([why, plugin]).toEqual([expect.stringMatching(/^Added by the backend: refuses to continue/), undefined]);
  });
});

test('a backend that cannot say it leaves place, costs and roles out', async () => {
  const explained = explainNode('ProdUs/Done', await explainProject({ cwd, builtIns: [local], backend: 'local' }));
  expect(explained).not.toHaveProperty('roles');
  expect(explained.waitsFor).not.toEqual([]);
});
