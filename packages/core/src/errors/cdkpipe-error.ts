/** The one error class that crosses the doors of cdkpipe's packages. */
import { docsOf, type Problem } from './problem.ts';
import { clearedProblem } from './without-credentials.ts';

/** Who can mend it: the author of the definition, the author of a plugin, or we. */
export type ErrorSource = 'user' | 'plugin' | 'cdkpipe';

// A registered symbol, so that two loaded copies of this package recognise each other's errors.
const brand = Symbol.for('cdkpipe.error');

/**
 * Carries every {@link Problem} that a phase found; `code`, `path` and the rest speak of the first.
 */
export class CdkpipeError extends Error {
  override readonly name = 'CdkpipeError';
  readonly source: ErrorSource;
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(source: ErrorSource, problems: readonly [Problem, ...Problem[]], options?: ErrorOptions) {
    super(problems.map((problem) => problem.message).join('\n'), options);
    this.source = source;
    this.problems = problems;
    Object.defineProperty(this, brand, { value: true });
  }

  get code(): string {
    return this.problems[0].code;
  }
  get path(): string | undefined {
    return this.problems[0].path;
  }
  get fix(): string | undefined {
    return this.problems[0].fix;
  }
  get docs(): string {
    return docsOf(this.problems[0]);
  }
  get plugin(): string | undefined {
    return this.problems[0].plugin;
  }
  get version(): string | undefined {
    return this.problems[0].version;
  }
  get hook(): string | undefined {
    return this.problems[0].hook;
  }
}

/** True for errors of this copy of the package and of any other copy in the process. */
export function isCdkpipeError(value: unknown): value is CdkpipeError {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return brand in value && Array.isArray((value as { problems?: unknown }).problems);
  } catch {
    // Code of others may throw a proxy that answers nothing.
    return false;
  }
}

/** The definition, the arguments or the world around them are wrong; exit code 2. */
export function refused(problems: readonly Problem[], options?: ErrorOptions): CdkpipeError {
  return withProblems('user', problems, options);
}

/** A plugin broke its contract; exit code 3. */
export function pluginFailed(problems: readonly Problem[], options?: ErrorOptions): CdkpipeError {
  return withProblems('plugin', problems, options);
}

/** We broke a promise of our own; exit code 70. */
export function internalFault(problem: Problem, options?: ErrorOptions): CdkpipeError {
  return withProblems('cdkpipe', [problem], options);
}

/** Throws {@link refused} when there is anything to refuse. */
export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw refused(problems);
}

/** More than anybody reads: a definition that was generated wrongly may have a hundred thousand. */
const mostTold = 1000;

function withProblems(source: ErrorSource, problems: readonly Problem[], options?: ErrorOptions): CdkpipeError {
  const more = problems.length - mostTold;
  const shown = more > 0 ? [...problems.slice(0, mostTold), moreProblems(more)] : problems;
  // One fault may be met on several ways; it is told once.
  const told = new Map(shown.map(clearedProblem).map((problem) => [JSON.stringify(problem), problem]));
  const [first, ...rest] = told.values();
  if (first === undefined) unreachable('an error without a problem');
  return new CdkpipeError(source, [first, ...rest], options);
}

const moreProblems = (count: number): Problem => ({
  code: 'MORE_PROBLEMS',
  message: `${count} more problems are not shown`,
  fix: 'fix those above first',
});

/** Marks a place that only a bug of ours can reach. */
export function unreachable(what: string): never {
  throw new CdkpipeError('cdkpipe', [
    {
      code: 'UNREACHABLE',
      message: `cdkpipe reached a state it holds impossible: ${what}`,
      fix: 'report this with the definition that led here',
    },
  ]);
}
