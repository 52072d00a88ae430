/** Shows what `cdkpipe explain` knows of an action or of an error, to people and to scripts. */
import { relative } from 'node:path';
import { docsOf, type EmittedRole, type EmittedStatement, environmentName, type Problem } from '@cdkpipe/core';
import type { ExplainedError } from '../explain/error-catalogue.ts';
import type { ExplainedNode } from '../explain/explain-node.ts';
import { joinLines, type Printable, splitLines } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';
import { type ProblemDocument, problemDocument } from './problem-document.ts';
import { wrapWords } from './wrap-words.ts';

/** What `cdkpipe explain NODE --json` prints. */
export interface ExplainedNodeDocument extends ExplainedNode {
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

/** What `cdkpipe explain CODE --json` prints. */
export interface ExplainedErrorDocument extends ExplainedError {
  readonly code: string;
  readonly docs: string;
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

export function errorDocument(code: string, error: ExplainedError): ExplainedErrorDocument {
  return { code, ...error, docs: docsOf({ code, message: '' }), errors: [], warnings: [] };
}

export function nodeDocument(node: ExplainedNode, warnings: readonly Problem[]): ExplainedNodeDocument {
  return { ...node, errors: [], warnings: warnings.map(problemDocument) };
}

export function errorView(code: string, error: ExplainedError, width: number, paint: Paint): Printable {
  const text = (paragraph: string) => ['', ...wrapWords(paragraph, width)];
  const [first = '', ...rest] = splitLines(error.example);
  return joinLines([
    `${paint('bold', code)} ${paint('dim', `(${error.group})`)}`,
    ...error.meaning.flatMap(text),
    '',
    `  ${paint('red', '✖')} ${first}`,
    ...rest.map((line) => `    ${line}`),
    ...error.fix.flatMap(text),
    '',
    paint('dim', docsOf({ code, message: '' })),
    '',
  ]);
}

const label = 13;
/** IDs that a line of the screen lists; `--json` has all of them. */
const mostListed = 12;

/** @param cwd files are shown relative to it */
export function nodeView(node: ExplainedNode, cwd: string, width: number, paint: Paint): Printable {
  const { id, type, stage, runOrder, gate, environment, roles, costs, emitted } = node;
  const row = (name: string, texts: readonly string[]) => rowLines(name, texts, width, paint);
  return joinLines([
    `${gate === undefined ? '' : paint('yellow', '◆ ')}${paint('bold', id)}  ${type}, stage ${stage}, run order ${runOrder}`,
    '',
    ...row('why', [node.why, ...node.notes]),
    ...row('from', [contribution(node, cwd)]),
    ...row('in', environment === undefined ? ['no environment: it runs no code'] : [environmentName(environment)]),
    ...row('waits for', listed(node.waitsFor, 'nothing: it may start at once')),
    ...row('held up by', node.heldUpBy.length === 0 ? [] : listed(node.heldUpBy, '')),
    ...row('holds back', listed(node.holdsBack, 'nothing')),
    ...(node.holdsBackInAll > node.holdsBack.length ? row('', [`${node.holdsBackInAll} actions in all`]) : []),
    ...(emitted === undefined
      ? row('roles', ['this backend does not say which roles and costs an action has'])
      : [...row('emitted as', [emitted]), ...row('costs', costs ?? [])]),
    ...(roles ?? []).flatMap((role) => roleLines(role, width, paint)),
    ...(roles?.length === 0 ? row('roles', ['none']) : []),
    '',
  ]);
}

function contribution({ path, file, kind, plugin }: ExplainedNode, cwd: string): string {
  const shown = relative(cwd, file);
  const place = path === '' ? shown : `${path} in ${shown}`;
  const by =
    plugin === undefined ? 'cdkpipe' : [plugin.name, plugin.version].filter((part) => part !== undefined).join(' ');
  return `${place}, ${kind === undefined ? `contributed by ${by}` : `kind ${kind} of ${by}`}`;
}

function listed(ids: readonly string[], none: string): string[] {
  if (ids.length === 0) return [none];
  const more = ids.length - mostListed;
  return more > 0 ? [`${ids.slice(0, mostListed).join(', ')} and ${more} more`] : [ids.join(', ')];
}

function rowLines(name: string, texts: readonly string[], width: number, paint: Paint): string[] {
  const lines = texts.flatMap((text) => wrapWords(text, width - label - 2));
  return lines.map((line, index) => `  ${paint('dim', (index === 0 ? name : '').padEnd(label))}${line}`);
}

function roleLines({ name, use, stack, statements }: EmittedRole, width: number, paint: Paint): string[] {
  const from = stack === undefined ? 'not emitted by cdkpipe' : `stack ${stack}`;
  return [
    '',
    `  ${paint('bold', name)} ${paint('dim', `(${from})`)}`,
    ...wrapWords(use, width - 4).map((line) => `    ${line}`),
    ...statements.flatMap((statement) => statementLines(statement, width, paint)),
  ];
}

function statementLines(statement: EmittedStatement, width: number, paint: Paint): string[] {
  const { effect, actions, resources, condition, reason } = statement;
  const indented = (text: string, columns: number) =>
    wrapWords(text, width - columns).map((line) => ' '.repeat(columns) + line);
  return [
    ...indented(`${effect} ${actions.join(', ')}`, 4).map((line) => paint('cyan', line)),
    ...resources.flatMap((resource) => indented(`on ${resource}`, 6)),
    ...(condition === undefined ? [] : indented(`if ${JSON.stringify(condition)}`, 6)),
    ...(reason === undefined ? [] : indented(`to ${reason}`, 6).map((line) => paint('dim', line))),
  ];
}
