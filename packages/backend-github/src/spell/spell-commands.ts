/** Commands of an author → the steps that run them. */
import { literalText } from '../workflow/expression.ts';
import type { RunStep } from '../workflow/workflow.ts';
import { checkCommands, runCommands } from './scripts.ts';

export interface SpelledCommands {
  /** ID of the step that runs them. */
  readonly id: string;
  readonly name: string;
  readonly commands: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Variables whose last values are kept: by the name of the output. */
  readonly exports: ReadonlyMap<string, string>;
  /** Where they run; the root of the source where absent. */
  readonly directory?: string;
  /** Minutes. */
  readonly timeout?: number;
}

/** No options of bash: whether a command has failed is decided by its exit code, as CodeBuild does. */
export const commandShell = 'bash --noprofile --norc {0}';

export function commandSteps(spelled: SpelledCommands): RunStep[] {
  const { id, name, commands, env, exports, directory, timeout } = spelled;
  const numbered = Object.fromEntries(
    commands.map((command, index) => [`CDKPIPE_COMMAND_${index + 1}`, literalText(command)]),
  );
  const pairs = [...exports].map(([output, variable]) => `${output}=${variable}`).join(' ');
  return [
    {
      name,
      id,
      ...(directory === undefined ? {} : { 'working-directory': directory }),
      ...(timeout === undefined ? {} : { 'timeout-minutes': timeout }),
      env: {
        ...env,
        CDKPIPE_COMMANDS: String(commands.length),
        ...numbered,
        ...(pairs === '' ? {} : { CDKPIPE_EXPORTS: pairs }),
      },
      run: runCommands,
    },
    { name: `Check that all commands of ${name} ran`, run: checkCommands },
  ];
}
