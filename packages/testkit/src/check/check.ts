/** What a check is, what it is given, and what it answers. */
import type { PackageDescription, Plugin } from '@cdkpipe/core';
import type { Trials } from '../trial/trials.ts';

/** The package of a plugin as it would be published. */
export interface PackedPlugin {
  /** Directory with its package.json. */
  readonly directory: string;
  readonly name: string;
  readonly description: PackageDescription & Readonly<Record<string, unknown>>;
  /** A project that has the package and what it needs installed, and nothing else. */
  readonly project: string;
}

/** The plugin as it is loaded, with a place to try it in. */
export interface Subject extends PackedPlugin {
  /** With the options of its first example, where it takes any. */
  readonly plugin: Plugin;
  /** As it is declared, without options. */
  readonly bare: Plugin;
  readonly trials: Trials;
}

/** One thing that a check found. */
export interface Finding {
  /** What it is about, such as `kind pager, example "Page somebody"`. */
  readonly about?: string;
  readonly message: string;
}

interface CheckWords {
  /** `CP` and three digits; stable, so that messages can be looked up. */
  readonly id: string;
  /** An `error` makes `cdkpipe plugins:check` fail; a `warning` is told. */
  readonly severity: 'error' | 'warning';
  /** What holds where the check passes. */
  readonly title: string;
  /** What goes wrong where it does not. */
  readonly why: string;
  /** What an author changes. */
  readonly fix: string;
}

type Answer = readonly Finding[] | Promise<readonly Finding[]>;

export type Check = CheckWords &
  (
    | { readonly looksAt: 'package'; run(packed: PackedPlugin): Answer }
    | {
        readonly looksAt: 'plugin';
        run(subject: Subject): Answer;
      }
  );

/** What became of a check: `skipped` where there was nothing it could look at. */
export interface CheckResult extends CheckWords {
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly findings: readonly Finding[];
}
