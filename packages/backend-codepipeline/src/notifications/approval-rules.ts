/** The rules that notify people of an approval: only where a person has to answer. */
import { limits } from '../aws/limits.ts';
import { passedSummary } from '../reviews/function/contract.ts';
import type { EventPattern } from '../sources/event-trigger.ts';
import type { Approvals } from './approvals.ts';
import type { NoticeRule } from './notice-rule.ts';

const fields = { execution: '$.detail.execution-id', stage: '$.detail.stage', action: '$.detail.action' };

export function approvalRules(place: { readonly pipeline: string; readonly approvals: Approvals }): NoticeRule[] {
  return [...startedRules(place), ...leftRules(place)];
}

/** An approval that only a person answers has begun. */
function startedRules({ pipeline, approvals }: Parameters<typeof approvalRules>[0]): NoticeRule[] {
  const started = (action: readonly unknown[]): EventPattern =>
    ofActions(pipeline, { state: ['STARTED'], type: approvalType, ...(action.length > 0 ? { action } : {}) });
  const description = 'Notifies people that a run waits for a decision';
  const text = `The pipeline ${pipeline} waits for a decision: <action> in the stage <stage> (execution <execution>).`;
  // Approvals that are not in the plan, as an author can add them, are a person's too.
  const others = started(approvals.answered.length > 0 ? [{ 'anything-but': approvals.answered }] : []);
  const patterns = fits(others) ? [others] : inPatterns(approvals.person, started);
  return patterns.map((pattern, index) => ({
    id: numbered('ApprovalNotice', index),
    description,
    pattern,
    fields,
    text,
  }));
}

/**
 * An action that could have passed its approval has left it to a person. The summary is the one that the function reports; where
 * the event does not hold it, a person is notified as well, so that no decision waits unnoticed.
 */
function leftRules({ pipeline, approvals }: Parameters<typeof approvalRules>[0]): NoticeRule[] {
  const summary = [{ exists: false }, { 'anything-but': { prefix: passedSummary } }];
  const left = (action: readonly unknown[]): EventPattern =>
    ofActions(pipeline, {
      state: ['SUCCEEDED'],
      action,
      'execution-result': { 'external-execution-summary': summary },
    });
  return inPatterns(approvals.passes, left).map((pattern, index) => ({
    id: numbered('LeftApprovalNotice', index),
    description: 'Notifies people that an approval was not passed automatically',
    pattern,
    fields,
    text: `The pipeline ${pipeline} waits for a decision in the stage <stage>: <action> did not pass the approval automatically (execution <execution>).`,
  }));
}

const approvalType = { category: ['Approval'], owner: ['AWS'], provider: ['Manual'] };

function ofActions(pipeline: string, detail: Readonly<Record<string, unknown>>): EventPattern {
  return {
    source: ['aws.codepipeline'],
    'detail-type': ['CodePipeline Action Execution State Change'],
    detail: { pipeline: [pipeline], ...detail },
  };
}

/** As few patterns as hold all names. */
function inPatterns(names: readonly string[], pattern: (names: readonly string[]) => EventPattern): EventPattern[] {
  const groups: string[][] = [];
  for (const name of names) {
    const last = groups.at(-1);
    if (last && fits(pattern([...last, name]))) last.push(name);
    else groups.push([name]);
  }
  return groups.map(pattern);
}

function fits(pattern: EventPattern): boolean {
  return JSON.stringify(pattern).length <= limits.eventPattern.max;
}

function numbered(id: string, index: number): string {
  return index === 0 ? id : `${id}${index + 1}`;
}
