/** A run as lines of text: what happens, when, and to what. */
import { type JournalRecord, type RunEvent, rollbackId } from '@cdkpipe/backend-local/engine';
import type { Paint } from './paint.ts';
import { wayBackMark } from './rollback-report.ts';

/** What the first signal is answered with. */
export const stoppingText = 'stopping: what runs may end; press Ctrl-C again to end it by force';

/** One record as a line without its time; undefined where there is nothing to say. */
export function eventText(event: RunEvent, paint: Paint): string | undefined {
  switch (event.type) {
    case 'runStarted': {
      const { pipeline, mode, source } = event;
      const commit = source.commit?.slice(0, 10) ?? 'no commit';
      return `${paint('bold', `${mode} of ${pipeline}`)} from ${commit}${source.dirty ? ' with changes' : ''}`;
    }
    case 'planned':
      return `planned: ${event.nodes.length} actions, digest ${event.digest.slice(0, 12)}`;
    case 'changeAccepted':
      return `${paint('yellow', '!')} ${event.by.user} accepted the change of the definition`;
    case 'actionStarted':
      return `${paint('dim', '▸')} ${event.node}${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}`;
    case 'actionEnded':
      return endText(event, paint);
    case 'actionTold':
      return undefined;
    case 'questionAsked':
      return `${paint('yellow', '◆')} ${event.node} waits for a decision`;
    case 'answered': {
      const verb = event.decision === 'approve' ? 'approved' : 'rejected';
      const comment = event.comment === undefined ? '' : `: ${event.comment}`;
      return `${paint('yellow', '◆')} ${event.node} ${verb} by ${event.by.user}${comment}`;
    }
    case 'rollbackStarted': {
      const why = event.reason === undefined ? '' : ` since ${event.reason}`;
      return `${paint('yellow', '↩')} rolling back ${event.deployments.join(', ')}${why}`;
    }
    case 'stackRollbackStarted': {
      const attempt = event.attempt > 1 ? `, attempt ${event.attempt}` : '';
      return `${paint('dim', '▸')} ${rollbackId(event.stack)}${attempt}`;
    }
    case 'stackRollbackEnded': {
      const { stack, outcome, detail } = event;
      return `${wayBackMark(outcome, paint)} ${rollbackId(stack)} ${outcome}: ${detail}`;
    }
    case 'rollbackEnded':
      return event.outcome === 'complete'
        ? paint('green', '↩ rolled back')
        : paint('red', '↩ the rollback is incomplete');
    case 'runInterrupted':
      return event.reason === 'waiting' ? 'waiting for decisions' : interruptionText(event);
    case 'runRetried':
      return `${paint('yellow', '↻')} ${event.by.user} runs again: ${event.nodes.join(', ')}`;
    case 'runResumed':
      return `resumed by ${event.by.user}`;
    case 'runEnded': {
      const reason = event.reason === undefined ? '' : `: ${event.reason}`;
      return event.outcome === 'succeeded'
        ? paint('green', '✔ succeeded')
        : paint('red', `✖ ${event.outcome}${reason}`);
    }
  }
}

function interruptionText({ reason, fault }: Extract<RunEvent, { type: 'runInterrupted' }>): string {
  if (fault === undefined) return 'interrupted';
  return reason === 'plugin' ? `interrupted by a plugin: ${fault}` : `interrupted: ${fault}`;
}

function endText(event: Extract<RunEvent, { type: 'actionEnded' }>, paint: Paint): string {
  const { node, outcome, reason, summary } = event;
  const detail = reason ?? summary;
  const rest = detail === undefined ? '' : `: ${detail}`;
  switch (outcome) {
    case 'succeeded':
      return `${paint('green', '✔')} ${node}${paint('dim', rest)}`;
    case 'skipped':
      return `${paint('dim', '-')} ${node} skipped${paint('dim', rest)}`;
    case 'failed':
    case 'rejected':
      return `${paint('red', '✖')} ${node} ${outcome}${rest}`;
  }
}

/** `14:05:12 ✔ Beta/Api:execute: recorded` */
export function recordLine({ at, event }: JournalRecord, paint: Paint): string | undefined {
  const text = eventText(event, paint);
  return text === undefined ? undefined : `${paint('dim', at.slice(11, 19))} ${text}`;
}
