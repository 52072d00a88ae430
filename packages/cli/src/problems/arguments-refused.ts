/** Rewords what oclif says of a command line that it cannot parse. */
import { type Problem, refused } from '@cdkpipe/core';
import type { Command } from '@oclif/core/command';
import { argumentsInvalid, argumentUnexpected, flagUnknown } from './problems.ts';
import { reworded } from './reword-arguments.ts';

/** The parts of oclif's parse errors that say more than their message; oclif does not export their classes. */
interface ParseError extends Error {
  readonly flags?: readonly unknown[];
  readonly args?: readonly unknown[];
}

export function argumentsRefused(error: unknown, command: Command.Class): unknown {
  if (!(error instanceof Error) || !('oclif' in error)) return error;
  return refused(problemsOf(error, command), { cause: error });
}

function problemsOf(error: ParseError, command: Command.Class): Problem[] {
  const texts = (values: readonly unknown[] | undefined) => values?.filter((value) => typeof value === 'string') ?? [];
  const flags = texts(error.flags).map((flag) => flagUnknown(flag, flagsOf(command)));
  const args = texts(error.args).map((argument) => argumentUnexpected(argument, command.id));
  if (flags.length + args.length > 0) return [...flags, ...args];
  return reworded(error.message).map((message) => argumentsInvalid(message, command.id));
}

function flagsOf({ flags, baseFlags }: Command.Class): string[] {
  return Object.entries({ ...baseFlags, ...flags }).flatMap(([name, flag]) => [
    `--${name}`,
    ...(flag.type === 'boolean' && flag.allowNo ? [`--no-${name}`] : []),
  ]);
}
