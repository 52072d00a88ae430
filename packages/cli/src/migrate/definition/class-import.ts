/** Where a class is imported from: that of a stage, or one of the CDK whose constant is a prop. */
import type { OldConstant, OldStage } from '../old-app/old-app.ts';

export interface ClassImport {
  /** Module specifier, as it is written in the file. */
  readonly from: string;
  /** Name under which the module exports it, or `default`. */
  readonly exportName: string;
  /** Name of the class itself. */
  readonly name: string;
}

export function importOf({ module, className }: OldConstant): ClassImport {
  return { from: module, exportName: className, name: className };
}

/** Of the constants in the props of stages. */
export function importsOfConstants(stages: Iterable<OldStage>): ClassImport[] {
  return [...stages].flatMap(({ constants }) => Object.values(constants).map(importOf));
}
