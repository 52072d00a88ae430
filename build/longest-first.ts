/** Starts the longest test files first, so that no worker is left alone with one at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Measured; what is not here takes less than half a minute. */
const longest = [
  'backend-local/src/engine/kill.test.ts',
  'cli/test/e2e/plugins.test.ts',
  'cli/test/e2e/update-pipeline.test.ts',
  'cli/test/e2e/deploy-pipeline.test.ts',
  'cli/test/e2e/run-plugins.test.ts',
  'cli/test/e2e/run.test.ts',
  'cli/test/e2e/run-stops.test.ts',
  'testkit/src/check-package.test.ts',
  'cli/test/e2e/project.test.ts',
  'cli/test/e2e/run-waits.test.ts',
  'cli/test/e2e/synth-safety.test.ts',
  'cli/test/e2e/plugins-create.test.ts',
  'cli/test/e2e/plugins-of-strangers.test.ts',
  'testkit/src/own-plugins.test.ts',
  'cli/test/random/random-definitions.test.ts',
  'cli/test/e2e/plugins-check.test.ts',
  'cli/test/e2e/packed.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((file) => moduleId.endsWith(file));
      return index < 0 ? longest.length : index;
    };
    const others = await super.sort(files);
    return others.toSorted((one, other) => place(one) - place(other));
  }
}
