/** Texts of the old pipeline as code, with the values in them. */
import type { OldText, OldValue } from '../old-app/old-app.ts';
import { type Code, call, list, literal } from './code.ts';
import type { Context } from './context.ts';

/** CodePipeline's names of the variables of a source action, and those of a definition. */
const sourceAttributes: Readonly<Record<string, string>> = {
  CommitId: 'commitId',
  CommitMessage: 'commitMessage',
  BranchName: 'branch',
  RepositoryName: 'repository',
  FullRepositoryName: 'repository',
  AuthorDate: 'authorDate',
  CommitterDate: 'committerDate',
  CommitUrl: 'commitUrl',
  ETag: 'etag',
  VersionId: 'versionId',
};

/** A text without values in it; undefined where there is one. */
export function plainOf(text: OldText): string | undefined {
  return text.every((piece) => typeof piece === 'string') ? text.join('') : undefined;
}

/** A string or a single value, for `env`; undefined where a definition has no way to write it. */
export function valueCode(text: OldText, context: Context): Code | undefined {
  const plain = plainOf(text);
  if (plain !== undefined) return literal(plain);
  const [only, ...others] = text;
  return others.length === 0 && typeof only === 'object' ? referenceCode(only, context) : undefined;
}

/** A string, or a list of texts and values, for the texts of approvals. */
export function textCode(text: OldText, context: Context): Code | undefined {
  const whole = valueCode(text, context);
  if (whole !== undefined) return whole;
  const pieces = text.map((piece) => (typeof piece === 'string' ? literal(piece) : referenceCode(piece, context)));
  return pieces.every((piece) => piece !== undefined) ? list(pieces) : undefined;
}

function referenceCode(value: OldValue, context: Context): Code | undefined {
  if (value.value !== 'step') return undefined;
  const step = context.steps.get(value.step);
  if (step?.type === 'source') {
    const attribute = sourceAttributes[value.name];
    if (attribute === undefined) return undefined;
    if (step.key === context.mainSource) return call('source.attribute', literal(attribute));
    const directory = context.directories.get(step.key);
    return (directory && call('source.attribute', literal(attribute), literal(directory))) || undefined;
  }
  const name = context.stepNames.get(value.step);
  if (name === undefined) return undefined;
  context.coreHelpers.add('exported');
  return call('exported', literal(name), literal(value.name));
}
