/** How a stack gets out of a status in which it takes no change set. */
import type { Environment } from '@cdkpipe/core';

export function wayOut(stack: string, status: string, { region }: Environment): string {
  const aws = (command: string) => `aws cloudformation ${command} --stack-name ${stack} --region ${region}`;
  if (status === 'UPDATE_ROLLBACK_FAILED') return `bring it back with ${aws('continue-update-rollback')}`;
  if (status === 'UPDATE_FAILED') return `bring it back with ${aws('rollback-stack')}`;
  return `its creation or removal has failed: read its events, then remove it with ${aws('delete-stack')}`;
}

export function wasNeverComplete(status: string): boolean {
  return status.startsWith('ROLLBACK_') || status === 'CREATE_FAILED';
}

/** Its creation has failed, and nothing of it is left. */
export function hasFailedAtBirth(status: string): boolean {
  return status === 'ROLLBACK_COMPLETE' || status === 'DELETE_COMPLETE';
}
