/** What an author can set under `backends.codepipeline`. */
import type { Stack } from 'aws-cdk-lib';
import type { CfnPipeline, CfnPipelineProps, IPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { z } from 'zod';
import { codeBuildDefaultsSchema } from './build-defaults.ts';
import { dockerCredentialsSchema } from './credentials.ts';
import { existingSchema } from './existing.ts';

/**
 * What was drawn, for the author to change at the end.
 *
 * @example
 * const customize = ({ stack, pipeline, imported }: Rendered) => {
 *   Tags.of(stack).add('team', 'fulfilment');
 *   imported.notifyOnExecutionStateChange('Notify', releases);
 * };
 */
export interface Rendered {
  readonly stack: Stack;
  readonly pipeline: CfnPipeline;
  /**
   * The same pipeline as the CDK sees one that exists, for `notifyOn`, `onStateChange` and whatever takes an `IPipeline`. It
   * refers to `pipeline` and changes nothing of it.
   */
  readonly imported: IPipeline;
}

export type Customize = (rendered: Rendered) => void | Promise<void>;

/** SNS: an e-mail endpoint; the addresses are compared without case. */
const emails = z
  .array(z.email('expected an e-mail address').max(320))
  .min(1)
  .refine(
    (addresses) => new Set(addresses.map((address) => address.toLowerCase())).size === addresses.length,
    'expected each address once',
  );

/** Who is told: the subscribers of an existing topic, or addresses that confirm a subscription once. */
const recipients = z
  .strictObject({
    topic: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
        'expected the ARN of a standard topic, "arn:aws:sns:REGION:ACCOUNT:NAME"',
      )
      .optional(),
    emails: emails.optional(),
  })
  .refine(({ topic, emails }) => (topic === undefined) !== (emails === undefined), 'expected `topic` or `emails`');

const notifications = z.strictObject({
  /** A run failed or was rejected, an update of the pipeline canceled it, or a person stopped it. */
  onFailure: recipients.optional(),
  /** A run waits for a person to approve or reject; not for approvals that a function answers. */
  onApproval: recipients.optional(),
  /** A run reached the end. */
  onSuccess: recipients.optional(),
});

export type Recipients = z.output<typeof recipients>;
export type NotificationOptions = z.output<typeof notifications>;

/** What cdkpipe would make the pipeline from: all of its properties, and the stack it belongs in. */
export interface PlannedPipeline {
  readonly stack: Stack;
  readonly properties: CfnPipelineProps & { readonly stages: readonly CfnPipeline.StageDeclarationProperty[] };
}

export type MakePipeline = (planned: PlannedPipeline) => CfnPipeline | Promise<CfnPipeline>;

export const optionsSchema = z.strictObject({
  /** Called with the stack and its pipeline when all is drawn: the way to everything cdkpipe has no word for. */
  customize: z
    .custom<Customize>((value) => typeof value === 'function', {
      error: 'expected a function that takes { stack, pipeline, imported }',
    })
    .optional(),
  /** Whether each run first brings the pipeline up to date with the definition. */
  selfUpdate: z.boolean().default(true),
  /** How each run updates the pipeline. */
  update: z
    .strictObject({
      /**
       * Minutes, 1 to 1,440, that the update waits until no run is in a later stage, as CodePipeline cancels those runs when its
       * structure changes. Then the update fails, before anything is changed. Without it the update does not wait.
       */
      waitForIdle: z.int().min(1).max(1_440),
    })
    .optional(),
  /** Who is notified about what happens to a run. */
  notifications: notifications.optional(),
  /** Whether S3 writes down each request for an artifact, for a year, in a bucket beside each artifact bucket. */
  accessLogs: z.boolean().default(true),
  /**
   * ID of the AWS organization that all accounts of the pipeline belong to. The policies of artifact buckets and keys then
   * let roles of other accounts in by the organization and by patterns of their names, and stay small for any number of
   * accounts; else they name each role.
   */
  organization: z
    // https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, 'expected the ID of an organization, such as "o-a1b2c3d4e5"')
    .optional(),
  /** Actions that this account may have in one stage. */
  actionsPerStage: z.int().min(1).max(1_000).default(50),
  /** Actions that this account may have in one pipeline. */
  actionsPerPipeline: z.int().min(2).max(10_000).default(500),
  /**
   * What happens to a run that meets an earlier one. `SUPERSEDED`, CodePipeline's and the CDK's default: of the runs
   * that wait for a stage only the newest goes on, so a decision that nobody takes holds up no queue.
   */
  executionMode: z
    .enum(['SUPERSEDED', 'QUEUED'], {
      error: ({ input }) =>
        input === 'PARALLEL'
          ? 'PARALLEL runs would replace each other\'s change sets; use "SUPERSEDED" or "QUEUED"'
          : 'expected "SUPERSEDED" or "QUEUED"',
    })
    .default('SUPERSEDED'),
  /** What every CodeBuild project, or those of a layer, get where they say nothing themselves. */
  codeBuildDefaults: codeBuildDefaultsSchema.optional(),
  /** Roles and artifact stores that exist; they are used as they are. */
  existing: existingSchema.prefault({}),
  /** Makes the pipeline from what cdkpipe would make it from. */
  pipeline: z
    .custom<MakePipeline>((value) => typeof value === 'function', {
      error: 'expected a function that takes { stack, properties } and returns a CfnPipeline',
    })
    .optional(),
  /** How assets are published. */
  assets: z
    .strictObject({
      /** One publisher for each environment of a wave, or one for each asset. */
      publish: z.enum(['together', 'each']).default('together'),
      /** Assets that one publisher uploads at the same time. */
      concurrency: z.int().min(1).max(32).default(4),
    })
    .prefault({}),
  /** Credentials of docker registries, for projects that run docker. */
  dockerCredentials: dockerCredentialsSchema.default([]),
});

/** As an author writes them. */
export type CodePipelineOptionsInput = z.input<typeof optionsSchema>;
/** With every default filled in. */
export type CodePipelineOptions = z.output<typeof optionsSchema>;

declare module '@cdkpipe/core' {
  interface BackendOptions {
    readonly codepipeline?: CodePipelineOptionsInput;
  }
}
