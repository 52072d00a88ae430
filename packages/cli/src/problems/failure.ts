/** Turns whatever was thrown into something that can be shown, with the exit code that says whose turn it is. */
import { type ErrorSource, isCdkpipeError, type Problem } from '@cdkpipe/core';
import { argumentsInvalid, interrupted, ownFault } from './problems.ts';
import { reworded } from './reword-arguments.ts';

export interface Failure {
  /** Who can mend it. */
  readonly source: ErrorSource | 'interruption';
  readonly problems: readonly Problem[];
  readonly exitCode: number;
  /** What was thrown, for `--debug`. */
  readonly error: unknown;
}

/** Thrown when the person at the terminal, or who supervises the process, wants it to stop. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

const exitCodes = { user: 2, plugin: 3, cdkpipe: 70, interruption: 130 } as const;

export function toFailure(error: unknown): Failure {
  const { source, problems } = diagnose(error);
  return { source, problems, exitCode: exitCodes[source], error };
}

function diagnose(error: unknown): Pick<Failure, 'source' | 'problems'> {
  if (isCdkpipeError(error)) return { source: error.source, problems: error.problems };
  if (isInterruption(error)) return { source: 'interruption', problems: [interrupted()] };
  if (isOclifError(error)) return { source: 'user', problems: argumentsOfPluginInvalid(error) };
  return { source: 'cdkpipe', problems: [ownFault(error)] };
}

/** The command of a plugin does not reword what oclif says of its arguments, as ours do. */
function argumentsOfPluginInvalid(error: OclifError): Problem[] {
  return reworded(error.message).map((message) => argumentsInvalid(message, error.parse?.input?.context?.id));
}

// Ctrl-C at a question of @inquirer/prompts arrives as an error of this name.
function isInterruption(error: unknown): boolean {
  return error instanceof Interruption || (error instanceof Error && error.name === 'ExitPromptError');
}

interface OclifError extends Error {
  /** Of errors about arguments: the command that parsed them. */
  readonly parse?: { readonly input?: { readonly context?: { readonly id?: string } } };
}

function isOclifError(error: unknown): error is OclifError {
  return error instanceof Error && 'oclif' in error;
}
