/** What an author can set under `backends.github`. */
import { z } from 'zod';
import { type ActionName, pinnedActions } from '../github/pinned-actions.ts';
import type { Workflow } from '../workflow/workflow.ts';

/** Called with the workflow before it is written; changes it in place. What it leaves is inspected like the rest. */
export type Customize = (workflow: Workflow) => void | Promise<void>;

/** Names of a runner, as `runs-on` takes them. */
const labels = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'expected the label of a runner, or a list of labels',
});

const commit = z.string().regex(/^[0-9a-f]{40}$/, 'expected the full SHA of a commit, as tags can be moved');

const id = z.string().regex(/^\d{1,20}$/, 'expected the number of GitHub, as text');

const pin = z.strictObject({
  commit,
  /** For people: it is written as a comment. */
  release: z.string().regex(/^[\w.-]{1,50}$/, 'expected the name of a release, such as "v6.0.2"'),
});

export const optionsSchema = z.strictObject({
  repository: z
    .strictObject({
      owner: z.string().regex(/^[A-Za-z0-9-]{1,100}$/, 'expected the name of a user or an organization'),
      name: z.string().regex(/^[\w.-]{1,100}$/, 'expected the name of a repository'),
      /**
       * Numbers of owner and repository, of the REST API (`id` and `owner.id` of `GET /repos/OWNER/NAME`). Needed where tokens have the
       * immutable form of the subject, as those of all repositories made after 2026-07-15 have.
       */
      ids: z.strictObject({ owner: id, repository: id }).optional(),
    })
    .optional(),
  /** Runners; by default `ubuntu-24.04`, which GitHub hosts. */
  runsOn: z
    .strictObject({ default: labels.optional(), build: labels.optional(), publish: labels.optional() })
    .optional(),
  /** File name in `.github/workflows`, without extension; by default the name of the pipeline. */
  workflow: z
    .string()
    .regex(/^[\w-][\w.-]{0,99}$/, 'expected a file name without extension')
    .optional(),
  environments: z
    .strictObject({
      /** Put before every name of an environment; for a repository with several pipelines. */
      prefix: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,50}$/, 'expected up to 50 of A-Z a-z 0-9 . _ -')
        .optional(),
    })
    .optional(),
  /**
   * Names of secrets of GitHub with tokens that may read additional sources, by directory. The token of a run reads public
   * repositories and its own only (https://docs.github.com/en/actions/concepts/security/github_token).
   */
  sourceTokens: z
    .record(
      z.string(),
      z.string().regex(/^(?!GITHUB_)[A-Za-z_][A-Za-z0-9_]{0,99}$/i, 'expected the name of a secret of GitHub'),
    )
    .optional(),
  /** The stacks with the roles that jobs assume, one for each account. */
  access: z
    .strictObject({
      /** Accounts that have a provider of GitHub already, as an account can have one only. */
      existingProviders: z.array(z.string().regex(/^\d{12}$/, 'expected the 12 digits of an account')).optional(),
      /** ARN of a managed policy that limits every role; it must be in each account. */
      permissionsBoundary: z
        .string()
        .regex(/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/, 'expected the ARN of a managed policy')
        .optional(),
    })
    .optional(),
  /** Other commits of the actions that are used. */
  actions: z
    .strictObject(
      Object.fromEntries(Object.keys(pinnedActions).map((name) => [name, pin.optional()])) as {
        [Name in ActionName]: z.ZodOptional<typeof pin>;
      },
    )
    .optional(),
  /** The way to everything that cdkpipe has no word for. */
  customize: z
    .custom<Customize>((value) => typeof value === 'function', { error: 'expected a function that takes the workflow' })
    .optional(),
});

export type GitHubOptionsInput = z.input<typeof optionsSchema>;
export type GitHubOptions = z.output<typeof optionsSchema>;
