/** The build as an author writes it. */
import type { Build } from '../model/build.ts';
import type { StepWorkflow } from './step.ts';

export interface BuildDefinition extends Partial<Omit<Build, 'script' | 'commands' | 'before' | 'after'>> {
  /**
   * File that makes the cloud assembly, relative to the source. It is not written into the pipeline: each run takes the
   * one of its own commit, so a changed build needs no run of the old one.
   */
  readonly script?: string;
  /** Shell commands that make the cloud assembly, or run after `script`; the last is usually `npx cdkpipe synth`. */
  readonly commands?: readonly string[];
  /** Steps that run before the build, in its stage, of kinds that declare the position `build`. */
  readonly before?: StepWorkflow;
  /** Steps that run after the build, in its stage. */
  readonly after?: StepWorkflow;
}

/** The one step that makes the cloud assembly: `script`, `commands` or both. `output` defaults to `cdk.out` beside the definition; times are minutes. */
export function build(definition: BuildDefinition): BuildDefinition {
  return definition;
}
