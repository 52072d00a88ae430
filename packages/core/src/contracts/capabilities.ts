/** What a backend can do: declared by the backend, and asked by core before the backend is entered. */
import type { Architecture } from '../model/architecture.ts';
import type { BuildSetting } from '../model/build-settings.ts';
import type { Source } from '../model/source.ts';
import type { StepPosition } from '../model/step.ts';
import type { ReferenceKind } from '../model/value-reference.ts';

/** What a backend makes of a type of source. */
export interface SourceSupport {
  /** What may start runs, as the model has it in `trigger`; `none` where runs can be started by hand only. */
  readonly triggers: readonly Source['trigger'][];
  /** Whether it may be an additional source, too. */
  readonly additional: boolean;
  /** Whether `fullClone` can be honoured. Default false. */
  readonly fullClone?: boolean;
}

/** What a backend makes of the settings of a build beyond its commands; one in no list is refused. */
export interface SettingSupport {
  /** It does what they say. */
  readonly honoured: readonly BuildSetting[];
  /** It has no use for them, as it builds on a machine that is there already, and says so when it runs. */
  readonly unused?: readonly BuildSetting[];
}

/**
 * What a backend can do. What it does not declare is refused with its place and a fix, before anything else of the backend is
 * called.
 */
export interface BackendCapabilities {
  /** Types of sources, with what each may be used for; one that is absent is refused. */
  readonly sources: Readonly<Partial<Record<Source['type'], SourceSupport>>>;
  readonly buildSettings: SettingSupport;
  /** Where steps may stand. */
  readonly positions: readonly StepPosition[];
  /** References that steps, and the environment of the build, may have. */
  readonly references: readonly ReferenceKind[];
  /** Whether runs begin by updating the pipeline itself. */
  readonly selfUpdate: boolean;
  /** Whether steps may run outside of the pipeline's account and region. */
  readonly runInOtherEnvironments: boolean;
  /** Whether `rollback: 'auto'` can be honoured. */
  readonly rollback: boolean;
  /** Whether it runs the pipeline on this machine and emits nothing that could hold a gate. Default false. */
  readonly runsHere?: boolean;
  /**
   * IAM actions that decide gates of its pipelines, such as `codepipeline:PutApprovalResult`. A `rolePolicy` that allows one is
   * warned of. Default none.
   */
  readonly decidingActions?: readonly string[];
  /** Whether it sets the termination protection that a stack asks for; without it the plan says that it stays as it is. */
  readonly terminationProtection?: boolean;
  /**
   * Whether a change set can be made before the assets of its stack are published, because the template comes from
   * the cloud assembly and not from where assets are; the template itself is not published then. Default false.
   */
  readonly preparesBeforePublishing?: boolean;
  /** Who uploads assets: one publisher for each environment of a wave (`together`, the default), or for each asset. */
  readonly publish?: 'together' | 'each';
  /**
   * Architectures of the machines that images are built on, each by publishers of its own; images that name no platform
   * are built on the first. An image for any other platform is refused. Absent where one publisher builds for every
   * platform, as Docker on this machine does where emulation is set up.
   */
  readonly imageArchitectures?: readonly [Architecture, ...Architecture[]];
}

/** Every type of source with all that it may be used for. */
export const everySource = {
  connection: { triggers: ['push', 'filters', 'none'], additional: true, fullClone: true },
  github: { triggers: ['webhook', 'poll', 'none'], additional: true },
  codeCommit: { triggers: ['event', 'poll', 'none'], additional: true, fullClone: true },
  s3: { triggers: ['event', 'poll', 'none'], additional: true },
  ecr: { triggers: ['event', 'none'], additional: true },
} as const satisfies Required<BackendCapabilities['sources']>;

export const everyPosition = ['build', 'wave', 'change', 'approval'] as const satisfies readonly StepPosition[];

export const everyReference = ['output', 'source', 'variable', 'exported'] as const satisfies readonly ReferenceKind[];
