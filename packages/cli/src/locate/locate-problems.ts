/** Says of problems in a definition where in its file they are. */
import { readFileSync } from 'node:fs';
import { basename, extname, relative } from 'node:path';
import { CdkpipeError, isCdkpipeError, type Problem, withoutCredentials } from '@cdkpipe/core';
import { spotAt } from './excerpt.ts';
import { locateInJson, locateInYaml } from './locate-in-data.ts';
import { locateInScript } from './locate-in-script.ts';
import { tokensOf } from './path-tokens.ts';

/**
 * @param file of the definition, absolute; undefined where none was found
 * @returns the same error, or one with the same problems and their places
 */
export function withPlaces(error: unknown, file: string | undefined): unknown {
  if (file === undefined || !isCdkpipeError(error) || !error.problems.some(isWithoutPlace)) return error;
  const text = readText(file);
  if (text === undefined) return error;
  // A line with a secret, or beside one, is not printed.
  const isSecret = error.problems.some(({ code }) => code === 'CREDENTIAL_WRITTEN');
  const [first, ...rest] = error.problems.map((problem) => {
    const { excerpt, ...placed } = located(problem, file, text);
    return { ...placed, ...(excerpt !== undefined && !isSecret && { excerpt: withoutCredentials(excerpt) }) };
  });
  if (!first) return error;
  const placed = new CdkpipeError(error.source, [first, ...rest], { cause: error.cause });
  if (error.stack !== undefined) placed.stack = error.stack;
  return placed;
}

const isWithoutPlace = ({ path, location }: Problem) => path !== undefined && location === undefined;

function located(problem: Problem, file: string, text: string): Problem {
  const tokens = problem.path === undefined || !isWithoutPlace(problem) ? undefined : tokensOf(problem.path);
  const index = tokens && indexOf(file, text, tokens);
  if (index === undefined) return problem;
  const { line, column, excerpt } = spotAt(text, index);
  return {
    ...problem,
    location: `${relative(process.cwd(), file).replaceAll('\\', '/')}:${line}:${column}`,
    excerpt: excerpt.join('\n'),
  };
}

function indexOf(file: string, text: string, tokens: readonly (string | number)[]): number | undefined {
  try {
    return indexIn(file, text, tokens);
  } catch {
    // Parsers give up on what is nested too deeply; the problem is told without its place.
    return undefined;
  }
}

function indexIn(file: string, text: string, tokens: readonly (string | number)[]): number | undefined {
  const extension = extname(file);
  if (extension === '.json') return locateInJson(text, tokens, basename(file) === 'package.json' ? ['cdkpipe'] : []);
  return ['.yaml', '.yml'].includes(extension) ? locateInYaml(text, tokens) : locateInScript(text, tokens);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It is gone meanwhile; the problem is told without its place.
    return undefined;
  }
}
