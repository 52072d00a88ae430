/** Kinds in place of those that a pipeline names and no plugin at hand has. */
import type { ActionDeclaration, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import type { LocalContext, LocalQuestion } from '@cdkpipe/backend-local';
import { defineKind, definePlugin, defineRenderer, type Plugin } from '@cdkpipe/core';
import type { PipelineSketch } from './pipeline-sketch.ts';

/** Empty where every kind is known. */
export function standInsFor({ waves = [], update }: PipelineSketch, plugins: readonly Plugin[]): Plugin[] {
  const known = new Set(plugins.flatMap(({ kinds = [] }) => kinds.map(({ name }) => name)));
  const workflows = waves.flatMap(({ before, deployments }) => [
    before,
    ...deployments.flatMap(({ changes, approvals }) => [changes, approvals]),
  ]);
  const named = new Set([update?.before, ...workflows].flatMap(kindsIn));
  const missing = [...named].filter((kind) => !known.has(kind));
  if (missing.length === 0) return [];
  return [
    definePlugin({
      name: 'stand-ins',
      api: 1,
      kinds: missing.map((name) => defineKind({ name, summary: 'Stands in for a kind.', options: anyOptions })),
      renderers: missing.flatMap((kind) => [
        defineRenderer<unknown, CodePipelineContext, ActionDeclaration>({
          backend: 'codepipeline',
          kind,
          render: () => ({ category: 'Approval', provider: 'Manual', configuration: {} }),
        }),
        defineRenderer<unknown, LocalContext, LocalQuestion>({
          backend: 'local',
          kind,
          render: () => ({ type: 'question', text: 'Go on?' }),
        }),
      ]),
    }),
  ];
}

const anyOptions = {
  '~standard': { version: 1 as const, vendor: 'cdkpipe', validate: (value: unknown) => ({ value }) },
};

function kindsIn(workflow: unknown): string[] {
  if (typeof workflow !== 'object' || workflow === null) return [];
  if (Array.isArray(workflow)) return workflow.flatMap(kindsIn);
  const { kind, parallel } = workflow as { readonly kind?: unknown; readonly parallel?: unknown };
  return typeof kind === 'string' ? [kind] : kindsIn(parallel);
}
