/** Steps of a job of GitHub Actions as shell commands. */
import { bagOf } from './describe-project.ts';

/** Actions that only prepare what a build has anyway. */
const prepared = /^actions\/(?:checkout|setup-node|cache|upload-artifact|download-artifact)@/;

/** `other` names what is no command, or a command with something that only GitHub knows. */
export function commandsOfJob(steps: unknown): { readonly commands: string[]; readonly other: string[] } {
  const commands: string[] = [];
  const other: string[] = [];
  for (const step of Array.isArray(steps) ? steps : []) {
    const { run, uses, name, env } = bagOf(step);
    const shown = `the step ${JSON.stringify(name ?? uses ?? run)}`;
    const texts = [String(run), ...Object.values(bagOf(env)).map(String)];
    const settings = ['if', 'shell', 'workingDirectory', 'continueOnError'].some(
      (key) => bagOf(step)[key] !== undefined,
    );
    const isKnown = typeof run === 'string' && !settings && env === undefined && !texts.some(isExpression);
    if (isKnown) commands.push(run);
    else if (typeof uses !== 'string' || !prepared.test(uses)) other.push(shown);
  }
  return { commands, other };
}

/** `${{ … }}` */
export function isExpression(text: string): boolean {
  return text.includes('${{');
}
