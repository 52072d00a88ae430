/** The life of one definition, walked once for all tests that look at it. */
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import type { Cloud } from './cloud/cloud.test.fixture.ts';
import { outside, projectOf } from './definitions/definition.test.fixture.ts';
import { type World, worldOf } from './forbidden/world.test.fixture.ts';
import { type Emitted, emit } from './walk/emitted.test.fixture.ts';
import { Findings } from './walk/findings.test.fixture.ts';
import { emptyCloud, events, firstDeployment, lifeOf, run } from './walk/walk-life.test.fixture.ts';

export interface WalkedLife {
  readonly name: string;
  /** Directory of the definition. */
  readonly cwd: string;
  readonly emitted: Emitted;
  /** When everything is deployed. */
  readonly cloud: Cloud;
  readonly findings: Findings;
  /** Names of the stacks of the pipeline's own. */
  readonly ownStacks: ReadonlySet<string>;
  readonly world: World;
}

export async function liveOf(name: string, definition: string): Promise<WalkedLife> {
  return walk(name, makeDirectory(projectOf(definition)));
}

/** @param output directory of the assembly; inside the project by default */
export async function walk(name: string, cwd: string, output?: string): Promise<WalkedLife> {
  const emitted = await emit(cwd, output);
  const findings = new Findings();
  const cloud = firstDeployment(emitted, emptyCloud(emitted, outside), findings);
  run(emitted, cloud, findings);
  events(emitted, cloud, findings);
  const ownStacks = new Set(emitted.stacks.map((stack) => stack.name));
  const world = worldOf(lifeOf(emitted, cloud), ownStacks);
  return { name, cwd, emitted, cloud, findings, ownStacks, world };
}
