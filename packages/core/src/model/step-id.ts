/** IDs of steps: made here and nowhere else, and never taken apart. */

/** What the IDs of a place's steps begin with. */
export const stepOwner = {
  /** Steps around the build. */
  build: 'build:step',
  /** @param name of the deployment */
  deployment: (name: string) => name,
  /** Gates before a wave or the update. @param group name of the wave, or of the group of the update */
  before: (group: string) => `${group}:before`,
};

/** @param owner one of {@link stepOwner}, or the ID of the step that was lowered */
export const stepId = (owner: string, name: string): string => `${owner}/${name}`;
