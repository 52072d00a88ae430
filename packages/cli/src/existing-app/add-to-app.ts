/** The story of `cdkpipe init` in an app that is there: what is missing is found, then added; nothing is replaced. */
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Problem, refused } from '@cdkpipe/core';
import { readContext } from '@cdkpipe/core/host';
import { questionsFor } from '../init/questions.ts';
import { writeProject } from '../init/write-project.ts';
import { findAppCommand } from '../migrate/load/app-command.ts';
import { pipelineNotFound } from '../migrate/load/problems.ts';
import { runApp } from '../migrate/load/run-app.ts';
import type { Note } from '../migrate/old-app/note.ts';
import { appOutput, type PlainApp } from '../migrate/plain/plain-app.ts';
import { readPlainApp } from '../migrate/plain/read-plain-app.ts';
import { writePlainDefinition } from '../migrate/plain/write-plain-definition.ts';
import { flagInvalid, manifestInvalid } from '../problems/problems.ts';
import { extendGitignore } from './extend-gitignore.ts';
import { type Extended, extendManifest } from './extend-manifest.ts';
import { hasDefinition } from './is-existing-app.ts';

export interface AddRequest {
  /** Absolute path of the app. */
  readonly directory: string;
  /** Version of every `@cdkpipe` package. */
  readonly version: string;
  /** Answers of the caller, which replace what was found. */
  readonly given: Readonly<
    Partial<Record<'name' | 'account' | 'region' | 'repository' | 'branch' | 'connection-arn', string>>
  >;
  /** CDK context of the command line. */
  readonly context: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface Additions {
  /** `pipelines`: the app uses CDK Pipelines, and its definition is written by `cdkpipe migrate`. */
  readonly app: 'plain' | 'pipelines' | 'defined';
  readonly files: ReadonlyMap<string, string>;
  /** By file, in words. */
  readonly added: readonly { readonly path: string; readonly what: readonly string[] }[];
  readonly notes: readonly Note[];
  /** Places the app's cloud assembly where the build will write it. */
  place(): void;
  [Symbol.dispose](): void;
}

const definitionFile = 'cdkpipe.config.ts';
const cdkPackages = { 'aws-cdk': '^2.1000.0', 'aws-cdk-lib': '^2.163.0', constructs: '^10.0.0' };
const pluginsOfMigrate = ['plugin-codebuild-approval', 'plugin-manual-approval', 'plugin-security-approval'];

/** @throws CdkpipeError (`source: 'user'`) where the app cannot be synthesised */
export async function findAdditions({ directory, version, given, context, signal }: AddRequest): Promise<Additions> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-init-')));
  const target = join(directory, appOutput);
  try {
    const found = hasDefinition(directory)
      ? ({ app: 'defined' } as const)
      : await readApp({ directory, given, context, signal }, scratch);
    const definition = found.app === 'plain' ? writePlainDefinition(found.plain) : undefined;
    const ours = ['cli', 'core', ...(found.app === 'pipelines' ? pluginsOfMigrate : [])];
    const packages = { ...Object.fromEntries(ours.map((name) => [`@cdkpipe/${name}`, version])), ...cdkPackages };
    const parts: [string, Extended][] = [
      ['package.json', extendManifest(manifestOf(directory), packages)],
      ['.gitignore', extendGitignore(textOf(directory, '.gitignore') ?? '', ['cdk.out', appOutput])],
      ...(definition
        ? [[definitionFile, { text: definition.text, added: ['the definition'] }] as [string, Extended]]
        : []),
    ];
    const changed = parts.filter(([, { added }]) => added.length > 0);
    return {
      app: found.app,
      files: new Map(changed.map(([path, { text }]) => [path, text])),
      added: changed.map(([path, { added }]) => ({ path, what: added })),
      notes: definition?.notes ?? [],
      place: () => {
        if (found.app === 'plain' && !existsSync(target)) cpSync(join(scratch, 'cdk.out'), target, { recursive: true });
      },
      [Symbol.dispose]: () => rmSync(scratch, { recursive: true, force: true }),
    };
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    throw error;
  }
}

/** What is wrong with the caller's answers, by the questions of a new project. */
export function checkAnswers(given: AddRequest['given']): Problem[] {
  const known = { ...given, source: 'connection' };
  return questionsFor('').flatMap(({ name, accepts, expected }) => {
    const text = (given as Readonly<Record<string, string>>)[name];
    return text === undefined || accepts(text, known) ? [] : [flagInvalid(`--${name}`, text, expected)];
  });
}

/** @throws CdkpipeError (`source: 'user'`) when a file cannot be written; everything is as it was then */
export async function addToApp(directory: string, { files, place }: Additions): Promise<void> {
  if (files.size === 0) return;
  await writeProject(directory, files);
  place();
}

type FoundApp = { readonly app: 'pipelines' } | { readonly app: 'plain'; readonly plain: PlainApp };

async function readApp(
  { directory, given, context: stated, signal }: Omit<AddRequest, 'version'>,
  scratch: string,
): Promise<FoundApp> {
  const command = findAppCommand(directory, undefined);
  const loaded = await runApp({
    command,
    directory,
    scratch,
    context: readContext(directory, { given: stated }),
    signal,
  });
  if (loaded.apps.some(({ pipelines }) => pipelines.length > 0)) return { app: 'pipelines' };
  const plain = await readPlainApp(loaded, { cwd: directory, command, file: join(directory, definitionFile) });
  if (plain === undefined) throw refused([pipelineNotFound(command)]);
  return { app: 'plain', plain: { ...withAnswers(plain, given), context: stated } };
}

function withAnswers(plain: PlainApp, given: AddRequest['given']): PlainApp {
  const { name, account, region, repository, branch } = given;
  const remote =
    repository === undefined ? plain.remote : { source: 'connection' as const, repository, branch: 'main' };
  return {
    ...plain,
    ...(name !== undefined && { name }),
    usual: { ...plain.usual, ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
    remote: remote && branch !== undefined ? { ...remote, branch } : remote,
    ...(given['connection-arn'] !== undefined && { connectionArn: given['connection-arn'] }),
  };
}

/** An app in another language has none. */
function manifestOf(directory: string): string {
  const text = textOf(directory, 'package.json') ?? '{\n  "private": true\n}\n';
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw refused([manifestInvalid(cause instanceof Error ? cause.message : String(cause))], { cause });
  }
}

function textOf(directory: string, file: string): string | undefined {
  const path = join(directory, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
