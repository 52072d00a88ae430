/** What the host is asked to do, and what it answers. */
import type { NextStep } from '../contracts/backend.ts';
import type { Plugin } from '../contracts/plugin.ts';
import type { Problem } from '../errors/problem.ts';
import type { FileDifference } from '../output/compare-files.ts';
import type { Layout } from '../plan/layout.ts';
import type { Plan } from '../plan/plan.ts';
import type { Observer } from './progress.ts';

export interface ProjectRequest {
  readonly cwd: string;
  /** The definition's file; searched from `cwd` upwards when absent. */
  readonly configPath?: string;
  /** Where caches live; none are kept when absent. */
  readonly cacheDir?: string;
  /** Plugins that every project has, such as the backends that ship with the cli. */
  readonly builtIns: readonly Plugin[];
  /** Default: the first that a plugin provides, beginning with `builtIns`. */
  readonly backend?: string;
  /** Time limit for each call into a plugin, in milliseconds; default 30,000. */
  readonly pluginTimeoutMs?: number;
  /** Time limit for the `stacks` of each deployment, in milliseconds; default 300,000. */
  readonly stacksTimeoutMs?: number;
  /** Whether the observer is told of every call of a plugin's tap; default false. */
  readonly traceHooks?: boolean;
  /**
   * Whether a plugin that differs from `cdkpipe.lock.json` is refused, and a project without that file; with `whereLocked`
   * only the first. Otherwise it is only told. Default false.
   */
  readonly frozen?: boolean | 'whereLocked';
  /** Whether plugins that are linked from their directory pass where drift is refused. */
  readonly allowLinked?: boolean;
  /** Whether whatever is a warning is refused; default false. */
  readonly strict?: boolean;
  /** CDK context of the command line, above that of all files. */
  readonly context?: Readonly<Record<string, string>>;
  /** Is told the definition's file, absolute, before it is read. */
  readonly onDefinition?: (file: string) => void;
  readonly signal?: AbortSignal;
  readonly observe?: Observer;
}

export interface SynthRequest extends ProjectRequest {
  /** Directory of the cloud assembly, relative to the definition; default `cdk.out`. */
  readonly output?: string;
  /** Whether CloudFormation's validator checks the templates; default true. */
  readonly validate?: boolean;
  /** Whether nothing is written, and the report has the files that differ from what would be; default false. */
  readonly check?: boolean;
  /** Whether look-ups without a value are left to the placeholders of the CDK; default false, unless the `cdk` command asks. */
  readonly allowMissingContext?: boolean;
}

export interface PlanReport {
  /** The definition's file. */
  readonly file: string;
  readonly plan: Plan;
  /** Where the backend puts the actions of the plan. */
  readonly layout: Layout;
  readonly warnings: readonly Problem[];
}

export interface SynthReport extends PlanReport {
  /** Absolute path of the cloud assembly. */
  readonly output: string;
  /** Root of the source, absolute: files of the project are below it. */
  readonly sourceDirectory: string;
  /** What an author does to begin, in order. */
  readonly next: readonly NextStep[];
  /** Whether the backend emits something that holds the gates. */
  readonly isEmitted: boolean;
  /** Files of the project that the backend makes, by path relative to the root of the source. */
  readonly projectFiles: readonly string[];
  /** Declared gates, each found in the plan and in what was emitted. */
  readonly gates: readonly string[];
  /** How many templates were written. */
  readonly templates: number;
  /** Of a check: files of the output directory and of the project that are not what would be written. */
  readonly differences?: readonly FileDifference[];
}
