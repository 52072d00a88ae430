/** Leaves the notices of an approval that may pass without a person to the function that decides about it. */
import type { ActionDeclaration } from '../contract/action-declaration.ts';

export interface QuietApproval {
  /** The approval, which notifies nobody. */
  readonly quiet: ActionDeclaration;
  /** ARN of the topic that it would have notified. */
  readonly topic: unknown;
}

/** CodePipeline publishes to `NotificationArn` whenever an approval begins, also where it passes some seconds later. */
export function takeTopic(action: ActionDeclaration): QuietApproval {
  const { NotificationArn: topic, ...configuration } = action.configuration;
  if (topic === undefined) return { quiet: action, topic };
  const grants = action.grants?.filter(
    ({ actions, resources }) =>
      !(actions.join() === 'sns:Publish' && resources.every((resource) => resource === topic)),
  );
  return { quiet: { ...action, configuration, ...(grants === undefined ? {} : { grants }) }, topic };
}
