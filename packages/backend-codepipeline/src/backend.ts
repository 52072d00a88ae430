/** The backend `codepipeline`: what it can do, and the four things it is asked for. */
import { buildSettings, defineBackend, everyPosition, everyReference, everySource } from '@cdkpipe/core';
import { decidingActions } from './aws/deciding-actions.ts';
import { checkPlan } from './check/check-plan.ts';
import { judgeDefaults } from './check/judge-defaults.ts';
import { noteArmRegions } from './check/note-arm-regions.ts';
import { imageArchitecture } from './codebuild/build-image.ts';
import { findImage } from './codebuild/settle-work.ts';
import { compare } from './compare/compare.ts';
import { explain } from './explain/explain.ts';
import { inspect } from './inspect/inspect.ts';
import { readGates } from './inspect/read-gates.ts';
import { type CodePipelineOptions, type CodePipelineOptionsInput, optionsSchema } from './options/options.ts';
import { render } from './render/render.ts';
import { layOutStages } from './stages/lay-out-stages.ts';
import { layoutOf } from './stages/layout-of.ts';

export const codepipeline = defineBackend<CodePipelineOptionsInput, CodePipelineOptions>({
  name: 'codepipeline',
  summary: 'AWS CodePipeline, as a CDK stack in the cloud assembly',
  options: optionsSchema,
  capabilities: ({ selfUpdate, assets, codeBuildDefaults }) => ({
    sources: everySource,
    buildSettings: { honoured: buildSettings },
    positions: everyPosition,
    references: everyReference,
    decidingActions,
    selfUpdate,
    runInOtherEnvironments: true,
    rollback: true,
    // CloudFormation actions take the template from the artifact of the build.
    preparesBeforePublishing: true,
    publish: assets.publish,
    // Images without a platform are built on the machine that publishers have anyway.
    imageArchitectures:
      imageArchitecture(findImage(codeBuildDefaults, 'assets', undefined)) === 'arm64'
        ? ['arm64', 'x86_64']
        : ['x86_64', 'arm64'],
  }),
  layOut: (plan, options) => {
    const layout = layoutOf(plan, layOutStages(plan, options));
    return { ...layout, notes: [...layout.notes, ...noteArmRegions(plan), ...judgeDefaults(options).notes] };
  },
  check: checkPlan,
  warn: (_, options) => judgeDefaults(options).warnings,
  checksByDrawing: true,
  render,
  readGates,
  inspect,
  explain,
  compare,
});
