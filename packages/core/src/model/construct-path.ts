/** Where a deployment's stage is in the construct tree; CDK derives logical IDs and generated names from it. */

/** What of a deployment decides where its stage is. */
export interface StagePlace {
  readonly name: string;
  /** Construct IDs above the stage, joined by `/`; absent where the stage is directly below the app. */
  readonly constructPath?: string;
}

/** Whether text is one or more construct IDs joined by `/`. The CDK replaces no character of them, and `.` and `..` are directories. */
export function isConstructPath(text: string): boolean {
  const ids = text.split('/');
  return ids.every((id) => /^[A-Za-z0-9][A-Za-z0-9 ._-]*$/.test(id)) && ids.join('-').length <= 200;
}

/** The construct path of the stage, for example `OrdersPipeline/Prod`. */
export function stagePath({ name, constructPath }: StagePlace): string {
  return constructPath === undefined ? name : `${constructPath}/${name}`;
}

/** Directory of the stage's assembly, relative to the root of the cloud assembly: the name that CDK gives it. */
export function assemblyDirectory(place: StagePlace): string {
  return `assembly-${stagePath(place).replaceAll('/', '-')}`;
}
