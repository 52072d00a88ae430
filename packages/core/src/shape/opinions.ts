/** Recognises pipelines that do not fit the model, before their shape is judged piece by piece. */
import * as words from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';
import { formatPath } from './schema-problems.ts';

/** A problem that explains everything a schema would say about the place and what is inside it. */
export interface Opinion {
  readonly at: readonly PropertyKey[];
  readonly problem: Problem;
}

/** Several sources or builds, steps where waves or deployments belong, no waves. */
export function checkOpinions(value: unknown): Opinion[] {
  if (!isRecord(value)) return [];
  const opinions: Opinion[] = [];
  if (Array.isArray(value.source))
    opinions.push({ at: ['source'], problem: words.sourceMultiple(value.source.length) });
  if (Array.isArray(value.build)) opinions.push({ at: ['build'], problem: words.buildMultiple(value.build.length) });
  for (const place of ['source', 'build'] as const) {
    const step = stepName(value[place]);
    if (step !== undefined) opinions.push({ at: [place], problem: words.stepMisplaced(place, step, `${place}s`) });
  }
  if (value.waves === undefined || (Array.isArray(value.waves) && value.waves.length === 0))
    opinions.push({ at: ['waves'], problem: words.wavesMissing() });
  const size = checkSize(listOf(value.waves));
  if (size) return [...opinions, size];
  listOf(value.waves).forEach((wave, w) => {
    opinions.push(...misplaced(wave, ['waves', w], 'waves'));
    if (!isRecord(wave)) return;
    if (Array.isArray(wave.deployments) && wave.deployments.length === 0)
      opinions.push({ at: ['waves', w, 'deployments'], problem: words.waveEmpty(`waves[${w}]`, String(wave.name)) });
    listOf(wave.deployments).forEach((deployment, d) => {
      opinions.push(...misplaced(deployment, ['waves', w, 'deployments', d], 'deployments'));
    });
  });
  return opinions;
}

/** CodePipeline executes at most 1,000 actions (with a raised quota), and each deployment needs one. */
const most = 1000;

/** Refused before anything is built or compared, as both take time for each of them. */
function checkSize(waves: readonly unknown[]): Opinion | undefined {
  const at = ['waves'];
  if (waves.length > most) return { at, problem: words.tooMany('waves', 'waves', waves.length, most) };
  const deployments = waves.reduce<number>(
    (count, wave) => count + (isRecord(wave) ? listOf(wave.deployments).length : 0),
    0,
  );
  return deployments > most ? { at, problem: words.tooMany('waves', 'deployments', deployments, most) } : undefined;
}

/** Whether `path` is at or under the place that an opinion already explains. */
export function isExplained(path: readonly PropertyKey[], opinions: readonly Opinion[]): boolean {
  return opinions.some(({ at }) => at.every((key, index) => path[index] === key));
}

function misplaced(value: unknown, at: readonly PropertyKey[], where: string): Opinion[] {
  const name = stepName(value);
  return name === undefined ? [] : [{ at, problem: words.stepMisplaced(formatPath(at), name, where) }];
}

/** The name of what looks like a step or a parallel group, or undefined. */
function stepName(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  if (typeof value.kind === 'string') return String(value.name ?? value.kind);
  return Array.isArray(value.parallel) ? 'parallel(...)' : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
