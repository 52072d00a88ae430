/** Draws `lambda` as a Lambda invoke action of CodePipeline. */
import type { ActionDeclaration, CodePipelineContext, FunctionReference } from '@cdkpipe/backend-codepipeline';
import {
  defineRenderer,
  findReferences,
  isSameEnvironment,
  referenceText,
  refused,
  refuseIfAny,
  type StepOf,
  unreachable,
} from '@cdkpipe/core';
import { bundleCheck } from './bundle-check.ts';
import { bundleOnce } from './bundle-once.ts';
import { readFunctionArn } from './function-arn.ts';
import type { LambdaOptions } from './options.ts';
import { joinPayload, splitPayload } from './payload-template.ts';
import { freeTextInPayload, functionElsewhere, userParametersTooLong } from './problems.ts';
import { joinOutputValues } from './runtime/output-values.ts';

const defaultTimeout = 5;
const longestUserParameters = 1000;

export const lambdaOnCodePipeline = defineRenderer<LambdaOptions, CodePipelineContext, ActionDeclaration>({
  backend: 'codepipeline',
  kind: 'lambda',
  render(step, context) {
    const { handler, functionArn } = step.options;
    if (handler !== undefined) return runHandler(step, handler, context);
    if (functionArn !== undefined) return callFunction(step, functionArn, context);
    return unreachable('a lambda step without handler and functionArn');
  },
});

async function runHandler(step: StepOf<LambdaOptions>, handler: string, context: CodePipelineContext) {
  const { payload = {}, timeout = defaultTimeout, rolePolicy = [] } = step.options;
  const { projectDirectory, env } = context;
  const bundle = await bundleOnce(context.scopeIn(env), handler, () =>
    bundleCheck(handler, projectDirectory, `${step.path}.options.handler`),
  );
  const { json, outputs } = splitPayload(payload);
  const check = context.makeFunction({
    code: { 'index.mjs': bundle },
    timeout,
    memory: 512,
    env: { CDKPIPE_PAYLOAD: json },
    grants: rolePolicy.map(({ effect, actions, resources, conditions }) => ({
      effect,
      actions,
      resources,
      ...(conditions ? { conditions } : {}),
      reason: 'the definition asks for it (rolePolicy)',
    })),
    answersJobs: true,
  });
  const values = outputs.map((output) => context.value(output));
  return invoke(step, check, values.length === 0 ? undefined : joinOutputValues(values), context);
}

function callFunction(step: StepOf<LambdaOptions>, arn: string, context: CodePipelineContext) {
  const { payload } = step.options;
  const called = readFunctionArn(arn);
  const { env } = context;
  if (!isSameEnvironment(called, env)) throw refused([functionElsewhere(`${step.path}.options.functionArn`, arn, env)]);
  refuseIfAny(
    findReferences(payload).flatMap(({ reference }) =>
      context.mayHoldQuotes(reference)
        ? [freeTextInPayload(`${step.path}.options.payload`, referenceText(reference))]
        : [],
    ),
  );
  const userParameters =
    payload === undefined ? undefined : joinPayload(splitPayload(payload), (output) => context.value(output));
  return invoke(step, { name: called.name, arn }, userParameters, context);
}

function invoke(
  step: StepOf<LambdaOptions>,
  called: FunctionReference,
  userParameters: string | undefined,
  context: CodePipelineContext,
): ActionDeclaration {
  const length = userParameters?.length ?? 0;
  if (length > longestUserParameters) throw refused([userParametersTooLong(`${step.path}.options.payload`, length)]);
  return context.invoke(called, userParameters);
}
