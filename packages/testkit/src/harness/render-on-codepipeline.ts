/** Renders a step for `codepipeline`: a real synth, with a recorder in front of every renderer. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActionDeclaration, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import type { Plugin, StepDefinition } from '@cdkpipe/core';
import { synthesize } from '@cdkpipe/core/host';
import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordRenderers } from './record-renderers.ts';
import { type RecordedContext, recordContext } from './recorded-context.ts';
import {
  onlyDeclaration,
  type RenderedAction,
  type RenderedOnCodePipeline,
  type RenderedResource,
} from './rendered.ts';
import { type StepPlace, sketchAround, testedPlugins } from './step-place.ts';
import { openTestProject } from './test-project.ts';

const backend = 'codepipeline';

/** Has every field of the part of a template that is read here. */
interface Template extends Readonly<Record<string, unknown>> {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
}

export async function renderOnCodePipeline(
  plugin: Plugin,
  step: StepDefinition,
  place: StepPlace,
): Promise<RenderedOnCodePipeline> {
  const actions: RenderedAction<ActionDeclaration>[] = [];
  const contexts: RecordedContext[] = [];
  const recorded = testedPlugins(plugin, place).map(({ plugin: each, options }) => ({
    options,
    plugin: recordRenderers(each, backend, async ({ kind, node, render }, context) => {
      const recorder = recordContext(context as CodePipelineContext);
      contexts.push(recorder);
      const declaration = (await render(recorder.context)) as ActionDeclaration;
      actions.push({ node, kind, declaration });
      return declaration;
    }),
  }));
  using project = openTestProject(sketchAround(plugin, step, place), recorded);
  const { output } = await synthesize({ ...project.request(backend), output: 'cdk.out', validate: false });
  const templates = readTemplates(output);
  const resources = contexts.flatMap((context) => context.scopes().flatMap((scope) => resourcesIn(scope, templates)));
  const declared = actions.flatMap(({ declaration: { grants = [] } }) => grants);
  return {
    actions,
    get declaration() {
      return onlyDeclaration(actions);
    },
    grants: [
      ...contexts.flatMap(({ grants }) => grants),
      ...declared
        .filter((grant) => !contexts.some(({ handedOn }) => handedOn.has(grant)))
        .map((grant) => ({ ...grant, to: 'action' as const })),
    ],
    functions: contexts.flatMap(({ functions }) => functions),
    projects: contexts.flatMap(({ projects }) => projects),
    told: contexts.flatMap(({ told }) => told),
    resources: (type) =>
      resources.flatMap(({ type: found, ...resource }) => (type === undefined || type === found ? [resource] : [])),
    templates,
  };
}

/** Those of the pipeline's own stacks; deployments lie in directories of their own. */
function readTemplates(directory: string): ReadonlyMap<string, Template> {
  const end = '.template.json';
  const files = readdirSync(directory).filter((file) => file.endsWith(end));
  return new Map(
    files.sort().map((file) => [file.slice(0, -end.length), JSON.parse(readFileSync(join(directory, file), 'utf8'))]),
  );
}

function resourcesIn(
  scope: Construct,
  templates: ReadonlyMap<string, Template>,
): (RenderedResource & { readonly type: string })[] {
  return scope.node.findAll().flatMap((construct) => {
    if (!('cfnResourceType' in construct)) return [];
    const { stack, logicalId } = construct as CfnResource;
    const id = String((stack as Stack).resolve(logicalId));
    const found = templates.get(stack.artifactId)?.Resources?.[id];
    return found ? [{ logicalId: id, type: found.Type, properties: { ...found.Properties } }] : [];
  });
}
