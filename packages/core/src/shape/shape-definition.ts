/** Judges the shape of what a definition file exported. */
import { valueInvalid } from '../errors/catalogue/definition.ts';
import { refuseIfAny, unreachable } from '../errors/cdkpipe-error.ts';
import { checkTexts } from './check-texts.ts';
import { definitionSchema, type ShapedDefinition } from './definition-schema.ts';
import { judgedWithoutOddLengths } from './odd-lengths.ts';
import { checkOpinions, isExplained, isRecord } from './opinions.ts';
import { definitionProblems } from './schema-problems.ts';

/**
 * @returns the definition with its defaults
 * @throws CdkpipeError (`source: 'user'`) with every fault of the shape, each with its path
 */
export function shapeDefinition(value: unknown): ShapedDefinition {
  if (!isRecord(value)) {
    const what = Array.isArray(value) ? 'an array' : value === null ? 'null' : `a ${typeof value}`;
    refuseIfAny([
      valueInvalid('', `a definition is an object, found ${what}`, 'export `defineConfig({ ... })` as default'),
    ]);
  }
  const opinions = [...checkOpinions(value), ...checkTexts(value)];
  const result = judgedWithoutOddLengths(value, (each) => definitionSchema.safeParse(each));
  const issues = result.error?.issues.filter((issue) => !isExplained(issue.path, opinions)) ?? [];
  refuseIfAny([...opinions.map(({ problem }) => problem), ...definitionProblems(issues, value)]);
  if (!result.success) unreachable('a definition refused without a problem');
  return result.data;
}
