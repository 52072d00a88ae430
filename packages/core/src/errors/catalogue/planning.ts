/** Words for what the planner refuses. */
import type { Problem } from '../problem.ts';

export const gateLost = (gate: string, where: string): Problem => ({
  code: 'GATE_LOST',
  message: `the gate "${gate}" was declared and is missing in the ${where}`,
  fix: 'nothing was written; report this with the definition that led here',
});

export const gateOccurrenceLost = (gate: string, node: string): Problem => ({
  code: 'GATE_LOST',
  message: `the gate "${gate}" was planned as "${node}" and is missing in what was emitted`,
  node,
  fix: 'nothing was written; where `customize` or a `render` hook changes the pipeline, let it keep the action, else report this',
});

export const gateWeakened = (gate: string, node: string): Problem => ({
  code: 'GATE_WEAKENED',
  message: `the gate "${gate}" no longer holds back "${node}"`,
  node: gate,
  fix: 'keep every edge that leads behind a gate',
});

/** @param what what is different, for example `its kind is "auto", not "manual"` */
export const gateChanged = (gate: string, what: string, changeable: readonly string[]): Problem => ({
  code: 'GATE_CHANGED',
  message: `the gate "${gate}" is not the one that was declared: ${what}`,
  node: gate,
  fix:
    changeable.length > 0
      ? `leave it as it is; its kind lets hooks change ${changeable.join(', ')} only`
      : 'leave it as it is; its kind lets hooks change nothing',
});

/** @param problem what was found in the files, after all taps had left the gate as it was */
export const gateChangedLater = (problem: Problem): Problem => ({
  ...problem,
  message: `${problem.message}, since the taps of \`render\` ended: an aspect or a lazy value, of a plugin or of \`customize\`, did it`,
});

/** An image asset, as messages call it. */
export interface PlannedImage {
  readonly path: string;
  /** `deployment/stack`. */
  readonly stack: string;
  readonly asset: string;
  readonly platform: string;
}

export const imagePlatformsSeveral = ({ path, stack, asset, platform }: PlannedImage): Problem => ({
  code: 'IMAGE_PLATFORMS_SEVERAL',
  message: `the image "${asset}" of the stack "${stack}" is for the platforms "${platform}", and a publisher builds for the architecture of its own machine only`,
  path,
  fix: 'give each architecture an image asset of its own, with one platform such as Platform.LINUX_ARM64',
});

export const imagePlatformUnsupported = (
  { path, stack, asset, platform }: PlannedImage,
  backend: string,
  supported: readonly string[],
): Problem => ({
  code: 'IMAGE_PLATFORM_UNSUPPORTED',
  message: `the image "${asset}" of the stack "${stack}" is for the platform "${platform}", which no publisher of the backend "${backend}" builds`,
  path,
  fix: `set the \`platform\` of the image asset to one of ${supported.join(', ')}, or build the image elsewhere and refer to it by its tag`,
});

export const kindNotRendered = (path: string, step: string, kind: string, backend: string): Problem => ({
  code: 'KIND_NOT_RENDERED',
  message: `the step "${step}" is of kind "${kind}", which the backend "${backend}" can honour neither by a renderer nor by lowering`,
  path,
  fix: 'install a plugin that renders the kind for this backend, or use another kind',
});

export const loweredKindLeftOut = (
  path: string,
  step: { readonly name: string; readonly kind: string },
  kind: string,
  bringers: readonly string[],
): Problem => ({
  code: 'KIND_UNKNOWN',
  message: `the step "${step.name}" of kind "${step.kind}" is lowered to the kind "${kind}", which no plugin of \`plugins\` brings`,
  path,
  fix: `add ${bringers.length === 0 ? 'the plugin that brings it' : bringers.join(' or ')} to \`plugins\``,
});

export const loweringEndless = (path: string, step: string, kinds: readonly string[]): Problem => ({
  code: 'LOWERING_ENDLESS',
  message: `the step "${step}" is lowered without end: ${kinds.join(' to ')}`,
  path,
  fix: 'report it to the author of the plugin that brings the kind',
});

export const loweringEmpty = (path: string, step: string, kind: string): Problem => ({
  code: 'LOWERING_EMPTY',
  message: `the kind "${kind}" lowered the step "${step}" to nothing, so the gate would be lost`,
  path,
  fix: 'report it to the author of the plugin that brings the kind',
});

export const changesWithoutChangeSet = (path: string, deployment: string): Problem => ({
  code: 'CHANGES_WITHOUT_CHANGE_SET',
  message: `the deployment "${deployment}" has change approvals, but \`prepare: false\` makes no change sets to approve`,
  path: `${path}.changes`,
  fix: "remove `prepare: false`, or move the steps to the wave's `before`",
});

export const prepareAllImpossible = (path: string, deployment: string, needs: string): Problem => ({
  code: 'PREPARE_ALL_IMPOSSIBLE',
  message: `the deployment "${deployment}" asks for all change sets before any stack executes, but CloudFormation reads values of other stacks when it creates a change set: ${needs}`,
  path: `${path}.prepare`,
  fix: "remove `prepare` or write prepare: 'each'; or make it a weak reference of the CDK, which is read when the change set executes",
});

export const outputStackUnknown = (path: string, stack: string, deployment: string, fix: string): Problem => ({
  code: 'OUTPUT_STACK_UNKNOWN',
  message: `the deployment "${deployment}" has no stack "${stack}"`,
  path,
  fix,
});

export const outputUnknown = (path: string, stack: string, name: string, fix: string): Problem => ({
  code: 'OUTPUT_UNKNOWN',
  message: `the stack "${stack}" has no output "${name}"`,
  path,
  fix,
});

export const outputNotKnownYet = (path: string, output: string): Problem => ({
  code: 'OUTPUT_NOT_KNOWN_YET',
  message: `${output} is used before the deployment that makes it has executed`,
  path,
  fix: "use it in the deployment's `approvals`, which run after execute",
});

export const actionNameTaken = (path: string, name: string, group: string, other: string): Problem => ({
  code: 'ACTION_NAME_TAKEN',
  message: `two actions of "${group}" would be called "${name}"; the other comes from ${other}`,
  path,
  fix: 'rename one of the steps, stacks or deployments that make up the name',
});

export const sourceUnknown = (path: string, directory: string, fix: string): Problem => ({
  code: 'SOURCE_UNKNOWN',
  message: `there is no additional source "${directory}"`,
  path,
  fix,
});

export const sourceAttributeUnknown = (path: string, attribute: string, type: string, fix: string): Problem => ({
  code: 'SOURCE_ATTRIBUTE_UNKNOWN',
  message: `a source of type "${type}" has no attribute "${attribute}"`,
  path,
  fix,
});

export const variableUnknown = (path: string, name: string, fix: string): Problem => ({
  code: 'VARIABLE_UNKNOWN',
  message: `the definition declares no variable "${name}"`,
  path,
  fix,
});

export const exporterUnknown = (path: string, step: string, fix: string): Problem => ({
  code: 'EXPORTER_UNKNOWN',
  message: `no step that can be meant here is called "${step}"`,
  path,
  fix,
});

export const exportUnknown = (path: string, step: string, name: string, fix: string): Problem => ({
  code: 'EXPORT_UNKNOWN',
  message: `"${step}" does not export "${name}"`,
  path,
  fix,
});

export const exportNotKnownYet = (path: string, step: string, name: string): Problem => ({
  code: 'EXPORT_NOT_KNOWN_YET',
  message: `the variable "${name}" of "${step}" is used before that step has run`,
  path,
  fix: 'use it in a step that stands behind, or move the step that exports it forward',
});

export const exportAmbiguous = (path: string, step: string, name: string, count: number): Problem => ({
  code: 'EXPORT_AMBIGUOUS',
  message: `"${step}" runs ${count} times, once for each stack, so "${name}" has no one value`,
  path,
  fix: "export it from a step that runs once: of the build, of a wave's `before` or of `approvals`",
});

/** A statement of `rolePolicy` that allows more than one may have meant. */
export const statementWide = (path: string, what: string): Problem => ({
  code: 'ROLE_POLICY_WIDE',
  message: `the statement ${what}`,
  path,
  fix: 'narrow its actions or resources, or say why it has to be so in its `acknowledge`',
});
