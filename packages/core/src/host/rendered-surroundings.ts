/** The stacks and gates that taps of `render`'s end may change in place. */
import type * as cdkLib from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Artifact, EmittedContent } from '../contracts/artifact.ts';
import { gateChangedLater } from '../errors/catalogue/planning.ts';
import { attribution } from '../errors/catalogue/plugins.ts';
import { pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeChanges } from '../hooks/describe-changes.ts';
import { judgeRenderedGates, type RenderedGates } from '../hooks/judge-gates.ts';
import type { Surroundings } from '../hooks/surroundings.ts';
import type { Project } from './configure.ts';
import type { PlannedProject } from './make-plan.ts';

type Templates = EmittedContent['templates'];

/** Undefined where nothing can be changed: no plugin taps `render`. */
export function renderedSurroundings(
  project: Project,
  planned: PlannedProject,
  files: () => readonly Artifact[] = () => [],
): Surroundings | undefined {
  if (!project.hooks.render.isUsed()) return undefined;
  const read = (): EmittedContent => ({ templates: templatesOf(planned), files: textsOf(files()) });
  let content = read();
  let gates = gatesIn(project, planned, content);
  return {
    look: async (describe) => {
      const [oldContent, oldGates] = [content, gates];
      content = read();
      gates = gatesIn(project, planned, content);
      return {
        changes: describe ? describeChanges(asRecord(oldContent), asRecord(content)) : [],
        problems: judgeRenderedGates(planned.plan, oldGates, gates, project.registry),
      };
    },
  };
}

/**
 * Whether what was written holds the gates that were there when the taps had ended: an aspect or a lazy value may have
 * changed them since.
 *
 * @throws CdkpipeError (`source: 'plugin'`) naming every plugin that taps `render`
 */
export function assertGatesWritten(
  project: Project,
  planned: PlannedProject,
  before: RenderedGates,
  written: EmittedContent,
) {
  const after = gatesIn(project, planned, written);
  const problems = judgeRenderedGates(planned.plan, before, after, project.registry);
  const taps = project.registry.plugins.filter(({ hooks }) => hooks?.render !== undefined);
  if (problems.length === 0 || taps.length === 0) return;
  throw pluginFailed(
    taps.flatMap((plugin) =>
      problems.map((problem) => ({ ...gateChangedLater(problem), ...attribution(plugin), hook: 'render' })),
    ),
  );
}

export function gatesIn(
  { backend, backendOptions }: Project,
  { plan }: PlannedProject,
  content: EmittedContent,
): RenderedGates {
  return backend.readGates?.(plan, content, backendOptions) ?? new Map();
}

/** The stacks of the pipeline, as their templates would be now; those of deployments have been written already. */
export function templatesOf({ app, cdk }: PlannedProject): Templates {
  const { Stack, Stage } = cdk.require('aws-cdk-lib') as typeof cdkLib;
  const templates = new Map<string, unknown>();
  const visit = (construct: Construct): void => {
    if (Stack.isStack(construct)) {
      // What the CDK itself calls when it writes a template; it has no other name for it.
      const template = (construct as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
      templates.set(construct.templateFile, JSON.parse(JSON.stringify(construct.resolve(template))));
    }
    for (const child of construct.node.children) if (!Stage.isStage(child)) visit(child as Construct);
  };
  visit(app);
  return templates;
}

/** Texts of the files of the project among the artifacts, by path. */
export function textsOf(artifacts: readonly Artifact[]): EmittedContent['files'] {
  return new Map(
    // What a backend returned is judged later.
    (Array.isArray(artifacts) ? artifacts : []).flatMap(({ root, path, content }) =>
      root === 'project' ? [[path, Buffer.from(content).toString('utf8')] as const] : [],
    ),
  );
}

function asRecord({ templates, files }: EmittedContent): Record<string, unknown> {
  return Object.fromEntries([...templates, ...files]);
}
