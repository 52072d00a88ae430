/** The deployer that touches no account: real diffs, recorded executions, outputs as far as they can be known. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Rehearsal } from '@cdkpipe/core';
import { type ChangeSummary, sayChanges } from './change-summary.ts';
import type { Deployer, PublishTarget, StackTarget } from './deployer.ts';
import { findRisks } from './find-risks.ts';
import { literalOutputs } from './literal-outputs.ts';
import { diffTemplates, type Template } from './template-diff.ts';

export interface RehearsalSettings {
  /** `.cdkpipe` of the project. */
  readonly store: string;
  /** Directory of the definition. */
  readonly projectDirectory: string;
  readonly rehearsal?: Rehearsal | undefined;
}

export function rehearsalDeployer(settings: RehearsalSettings): Deployer {
  return {
    name: 'rehearsal',
    mode: 'rehearsal',
    // Nothing outside of .cdkpipe changes, and there a file is replaced by itself.
    retry: { publish: 'safe', prepare: 'safe', execute: 'safe' },
    publish: async (target) => checkAssets(target),
    prepare: async (target) => {
      const text = readFileSync(target.templateFile, 'utf8');
      const changes = await compareTemplates(target, findDeployed(target, settings), text);
      const digest = createHash('sha256').update(text).update(JSON.stringify(changes)).digest('hex');
      return { digest, changes };
    },
    execute: async (target, prepared) => {
      const text = readFileSync(target.templateFile, 'utf8');
      const { deployment, stack } = target;
      const given = settings.rehearsal?.outputs[`${deployment}/${stack.id}`] ?? {};
      const outputs = { ...literalOutputs(JSON.parse(text) as Template, stack.env), ...given };
      const before = await keepBefore(settings.store, target);
      // Not what stands there now: after a crash that may be our own.
      const changes = prepared?.changes ?? (await compareTemplates(target, readKept(settings.store, before), text));
      await replaceFile(rehearsedFile(settings.store, target), text);
      return { outputs, summary: `recorded: ${sayChanges(changes)}`, before };
    },
    rollback: async (target, { before }) => {
      const file = rehearsedFile(settings.store, target);
      const template = before === undefined ? undefined : readKept(settings.store, before);
      if (template === undefined) await rm(file, { force: true });
      else await replaceFile(file, template);
      return template === undefined ? 'taken away again' : 'as it was before';
    },
  };
}

async function compareTemplates(
  { stack }: StackTarget,
  standing: string | undefined,
  text: string,
): Promise<ChangeSummary> {
  const before = standing === undefined ? undefined : (JSON.parse(standing) as Template);
  return {
    ...(await diffTemplates(before, JSON.parse(text) as Template)),
    findings: findRisks(stack.id, standing, text),
  };
}

function checkAssets({ assemblyDirectory, manifests }: PublishTarget): string {
  let count = 0;
  for (const manifest of manifests) {
    const file = join(assemblyDirectory, manifest);
    const { files = {}, dockerImages = {} } = JSON.parse(readFileSync(file, 'utf8')) as AssetManifest;
    for (const { source } of [...Object.values(files), ...Object.values(dockerImages)]) {
      const path = source.path ?? source.directory;
      if (path !== undefined && !existsSync(join(dirname(file), path)))
        throw new Error(`the asset ${path} of ${manifest} is not in the cloud assembly`);
      count += 1;
    }
  }
  return `${count} ${count === 1 ? 'asset' : 'assets'}, all there`;
}

interface AssetManifest {
  readonly files?: Readonly<Record<string, Asset>>;
  readonly dockerImages?: Readonly<Record<string, Asset>>;
}

interface Asset {
  readonly source: { readonly path?: string; readonly directory?: string };
}

/** The template that counts as deployed. */
function findDeployed(target: StackTarget, { store, projectDirectory, rehearsal }: RehearsalSettings) {
  const file =
    rehearsal?.against === undefined
      ? rehearsedFile(store, target)
      : join(projectDirectory, rehearsal.against, target.stack.templateFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The template that was rehearsed last. */
function rehearsedFile(store: string, { deployment, stack }: StackTarget): string {
  return join(store, 'rehearsed', deployment, `${encodeURIComponent(stack.id)}.template.json`);
}

/**
 * Keeps the template that stood before this run, empty where there was none, and only once: when the call is made
 * again after a crash, what stands there may be our own.
 *
 * @returns its file, relative to the store
 */
async function keepBefore(store: string, target: StackTarget): Promise<string> {
  const name = `${encodeURIComponent(target.stack.id)}.before.json`;
  const kept = join('runs', target.run, 'before', target.deployment, name);
  if (existsSync(join(store, kept))) return kept;
  const file = rehearsedFile(store, target);
  await replaceFile(join(store, kept), existsSync(file) ? readFileSync(file, 'utf8') : '');
  return kept;
}

/** @returns the template that {@link keepBefore} kept, if there was one */
function readKept(store: string, kept: string): string | undefined {
  const text = readFileSync(join(store, kept), 'utf8');
  return text === '' ? undefined : text;
}

async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, file);
}
