/** What is known of an app without a pipeline, from which a definition is written. */
import type { GitRemote } from '../../surroundings/git-remote.ts';
import type { StackGroup } from './group-stacks.ts';

export interface PlainApp {
  /** Name of the pipeline. */
  readonly name: string;
  readonly groups: readonly StackGroup[];
  readonly remote: GitRemote | undefined;
  /** ARN of the connection to the repository, where the author gave it. */
  readonly connectionArn?: string;
  /** Account and region that stands for those that the app does not say. */
  readonly usual: { readonly account?: string; readonly region?: string };
  /** Commands that install what the app needs. */
  readonly install: readonly string[];
  /** What runs a command of an installed package. */
  readonly run: string;
  /** Command of the app, where the `cdk` command does not find it in `cdk.json`. */
  readonly app?: string;
  /** CDK context that the command line gave to the app. */
  readonly context?: Readonly<Record<string, string>>;
  /** Whether the app asks the `cdk` command for its account and region. */
  readonly readsDefaults: boolean;
  /** Command of the app in `cdk.json`, or that of the caller. */
  readonly command: string;
}

/** Directory of the app's own cloud assembly. */
export const appOutput = 'cdk.out.app';
