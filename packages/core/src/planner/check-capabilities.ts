/** Holds a model against what the chosen backend can do, before anything is laid out. */
import type { BackendCapabilities } from '../contracts/backend.ts';
import * as words from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import { environmentName, isSameEnvironment } from '../model/environment.ts';
import { gatesOf } from '../model/gates.ts';
import { deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import { stepsOf } from '../model/workflow.ts';

export function checkCapabilities(pipeline: Pipeline, backend: string, capabilities: BackendCapabilities): Problem[] {
  const steps = [...stepsOf(pipeline.build.before), ...stepsOf(pipeline.build.after), ...gatesOf(pipeline)];
  const elsewhere = steps.flatMap(({ runIn, name, path }) =>
    runIn && !isSameEnvironment(runIn, pipeline.env)
      ? [words.runInUnsupported(path, name, environmentName(runIn), backend)]
      : [],
  );
  const rollbacks = [...pipeline.waves, ...deploymentsOf(pipeline)]
    .filter(({ rollback }) => rollback !== undefined)
    .map(({ path }) => words.rollbackUnsupported(path, backend));
  return [...(capabilities.runInOtherEnvironments ? [] : elsewhere), ...(capabilities.rollback ? [] : rollbacks)];
}
