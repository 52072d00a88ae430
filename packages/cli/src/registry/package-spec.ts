/** Reads what a person typed behind `plugins:install`: a name with or without a version, or another source. */
import type { Problem } from '@cdkpipe/core';
import npa from 'npm-package-arg';
import { specInvalid, specIsDirectory, specLooksLikeOption, specNotAllowed } from './problems.ts';

export interface PackageSpec {
  /** As package managers and npm's libraries take it. */
  readonly text: string;
  /** The name, where the spec says it. */
  readonly name?: string;
  readonly isFromRegistry: boolean;
  readonly isFromGit: boolean;
}

const ofRegistry = ['tag', 'version', 'range'];

/** Names that can be published today; it leaves nothing that a shell or a package manager could take for its own. */
const publishable = /^(@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;

/** @param allowed whether it may come from elsewhere than a registry */
export function readPackageSpec(text: string, directory: string, allowed: boolean): PackageSpec | Problem {
  // Whatever begins like an option could become one of the package manager's.
  if (text.startsWith('-') || text.startsWith('@-')) return specLooksLikeOption(text);
  let parsed: npa.Result;
  try {
    parsed = npa(text, directory);
  } catch (error) {
    return specInvalid(text, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  const isFromRegistry = ofRegistry.includes(parsed.type);
  if (isFromRegistry && !publishable.test(parsed.name ?? '')) return specInvalid(text, 'npm knows no such names');
  if (parsed.type === 'alias') return specInvalid(text, 'an alias would hide the name of the package');
  if (isFromRegistry && /\s/.test(text)) return specInvalid(text, 'it holds white space');
  // npm and pnpm link a directory: what was checked is not what will be loaded.
  if (parsed.type === 'directory') return specIsDirectory(text);
  if (!isFromRegistry && !allowed) return specNotAllowed(text, parsed.type);
  return {
    text: isFromRegistry ? text : (parsed.saveSpec ?? text),
    ...(parsed.name && { name: parsed.name }),
    isFromRegistry,
    isFromGit: parsed.type === 'git',
  };
}
