/** Draws what stands around reviews: the report, the passing of approvals, the verification. */
import type { AssembledStack, ReviewNode } from '@cdkpipe/core';
import { refused, unreachable } from '@cdkpipe/core';
import { findConsole } from '../aws/console.ts';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { FunctionReference } from '../contract/function-spec.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { invokeFunction } from '../functions/invoke-function.ts';
import type { Files } from '../functions/stage-files.ts';
import { changeSetName, namespaceOf } from '../names/names.ts';
import { roleOptionsUnsupported } from '../problems/stacks.ts';
import { roleArn } from '../stacks/bootstrap-roles.ts';
import { passName, type ReviewSet, reportName, reviewSetsOf } from '../stages/expand-plan.ts';
import { concernVariables, digestVariable, type Pass, type Review, type ReviewRequest } from './function/contract.ts';
import { drawReviewFunction, reviewCode } from './review-functions.ts';
import { takeTopic } from './take-topic.ts';

/** ID under which the action is kept that passes an approval. */
export function passId(review: ReviewNode): string {
  return `${review.id}:pass`;
}

/** @param actions the finished actions of the plan's nodes, by ID; those that are drawn here are added */
export function drawReviews(drawing: Drawing, actions: Map<string, ActionDeclaration>): void {
  const sets = reviewSetsOf(drawing.plan);
  if (sets.length === 0) return;
  const passing = sets.flatMap((set) => passingOf(drawing, set, actions));
  const code = reviewCode(
    Object.fromEntries(sets.map((set) => [reportOf(set), reviewOf(drawing, set)])),
    Object.fromEntries(passing.map(({ pass }) => [pass.action, pass])),
  );
  drawReports(drawing, sets, code, actions);
  if (passing.length > 0) drawPasses(drawing, passing, code, actions);
}

/** Namespace of the action that reports, and name of what it reports. */
function reportOf({ id }: ReviewSet): string {
  return namespaceOf(`${id}:report`);
}

function reviewOf(drawing: Drawing, set: ReviewSet): Review {
  return {
    changeSetName,
    stacks: stacksOf(drawing, set).map((stack) => ({
      name: stack.stackName,
      region: stack.env.region,
      roleArn: readerOf(stack),
      // The deploy role wants none: a stack whose does is refused.
      ...(stack.lookupExternalId === undefined ? {} : { externalId: stack.lookupExternalId }),
    })),
    texts: drawing.texts.of(set.id),
  };
}

function stacksOf({ context }: Drawing, { deployment, stacks }: ReviewSet): AssembledStack[] {
  const assembled = context.assembly.deployments.find(({ name }) => name === deployment)?.stacks ?? [];
  return stacks.map(
    (id) => assembled.find((stack) => stack.id === id) ?? unreachable(`the assembly has no ${deployment}/${id}`),
  );
}

/** The role that reads is enough where there is one; it may read everything and change nothing. */
function readerOf({ lookupRoleArn, deployRoleArn, stackName }: AssembledStack): string {
  return lookupRoleArn ?? deployRoleArn ?? unreachable(`${stackName} was prepared without a role`);
}

function drawReports(
  drawing: Drawing,
  sets: readonly ReviewSet[],
  code: Files,
  actions: Map<string, ActionDeclaration>,
): void {
  const readers = sets.flatMap((set) =>
    stacksOf(drawing, set).map((stack) => {
      const [{ path = '', id = '' } = {}] = set.reviews;
      const place = { path, node: id };
      if (stack.lookupRoleOptions)
        throw refused([roleOptionsUnsupported('lookup', stack.stackName, stack.lookupRoleOptions, place)]);
      return roleArn(drawing.cdk, readerOf(stack), place);
    }),
  );
  const review = drawReviewFunction(drawing, {
    id: 'ChangeReview',
    handler: 'review',
    description: `Reads the change sets of the pipeline ${drawing.plan.pipeline.name}`.slice(0, 255),
    code,
    grants: [{ actions: ['sts:AssumeRole'], resources: readers, reason: 'read change sets and templates' }],
  });
  for (const set of sets) {
    const of = reportOf(set);
    const variables = [digestVariable, ...Object.values(concernVariables), ...Object.keys(drawing.texts.of(set.id))];
    actions.set(`${set.id}:report`, { ...invoke(review, { do: 'report', of }), variables });
    actions.set(`${set.id}:verify`, invoke(review, { do: 'verify', of, digest: `#{${of}.${digestVariable}}` }));
  }
}

interface Passing {
  readonly review: ReviewNode;
  readonly pass: Pass;
  /** ARN of the approval action. */
  readonly approval: string;
  /** ARN of the topic that is notified where a person decides. */
  readonly topic: unknown;
}

/** What may pass, and when, is deployed with the function: it believes no event. */
function passingOf(drawing: Drawing, set: ReviewSet, actions: Map<string, ActionDeclaration>): Passing[] {
  const report = drawing.placeOf({ id: `${set.id}:report`, name: reportName(drawing.plan, set) });
  const link = findConsole({ pipeline: drawing.plan.pipeline.name, region: drawing.home.region });
  return set.reviews.flatMap((review) => {
    const action = actions.get(review.id);
    if (action?.passUnless === undefined) return [];
    const { quiet, topic } = takeTopic(action);
    actions.set(review.id, quiet);
    const { pipeline, stage, name, actionArn } = drawing.placeOf(review);
    const pass = {
      pipeline,
      stage,
      action: name,
      caller: passName(review),
      report: { stage: report.stage, action: report.name },
      unless: action.passUnless,
      ...(link === undefined ? {} : { console: link }),
    };
    return [{ review, pass, approval: actionArn, topic }];
  });
}

function drawPasses(
  drawing: Drawing,
  passing: readonly Passing[],
  code: Files,
  actions: Map<string, ActionDeclaration>,
): void {
  const called = drawPassFunction(drawing, code, passing);
  for (const { review, pass, topic } of passing) {
    const request = { do: 'pass', of: pass.action, execution: '#{codepipeline.PipelineExecutionId}' } as const;
    actions.set(passId(review), invoke(called, topic === undefined ? request : { ...request, topic: String(topic) }));
  }
}

function drawPassFunction(drawing: Drawing, code: Files, passing: readonly Passing[]): FunctionReference {
  const { pipelineArn, plan } = drawing;
  const approvals = passing.map(({ approval }) => approval);
  const topics = [...new Set(passing.flatMap(({ topic }) => topic ?? []))];
  return drawReviewFunction(drawing, {
    id: 'ChangePass',
    handler: 'pass',
    description: `Passes approvals of the pipeline ${plan.pipeline.name} that need nobody`.slice(0, 255),
    code,
    grants: [
      { actions: ['codepipeline:GetPipelineState'], resources: [pipelineArn], reason: 'find the approval that waits' },
      { actions: ['codepipeline:ListActionExecutions'], resources: [pipelineArn], reason: 'read what was reported' },
      { actions: ['codepipeline:PutApprovalResult'], resources: approvals, reason: 'pass exactly these approvals' },
      ...(topics.length === 0
        ? []
        : [
            {
              actions: ['sns:Publish'],
              resources: topics,
              reason: 'notify people of the approvals that it leaves to them',
            },
          ]),
    ],
  });
}

function invoke(called: FunctionReference, request: ReviewRequest): ActionDeclaration {
  return invokeFunction(called, JSON.stringify(request));
}
