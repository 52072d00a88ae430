/** What the process that installs a plugin asks the process that loads it, and what it hears. */
import type { PluginManifest, Problem } from '@cdkpipe/core';

export interface LoadQuestion {
  readonly name: string;
  readonly version: string;
  /** What its package.json promises. */
  readonly manifest: PluginManifest;
  /** The definition's file, from which the name is resolved. */
  readonly file: string;
  /** Directory of the project. */
  readonly from: string;
  readonly hasCommands: boolean;
  readonly limitMs: number;
}

export interface LoadedPlugin {
  /** As it calls itself. */
  readonly name: string;
  /** From what its package.json promises. */
  readonly differences: readonly Problem[];
  readonly commands: readonly string[];
}

export type LoadAnswer = { readonly plugin: LoadedPlugin } | { readonly problems: readonly Problem[] };
