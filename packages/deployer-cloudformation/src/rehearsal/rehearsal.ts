/** The deployer that touches no account: real diffs, recorded executions, outputs as far as they can be known. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type AssembledStack, type Assembly, type Problem, type Rehearsal, refused, refuseIfAny } from '@cdkpipe/core';
import { type ChangeSummary, sayChanges } from '../contract/change-summary.ts';
import type { Deployer, PublishTarget, StackTarget, WayBack } from '../contract/deployer.ts';
import * as words from '../problems/problems.ts';
import { changedSince, createdByRehearsal } from '../problems/rollback-texts.ts';
import { findDeployedStack, readDeployedStacks } from './deployed-assembly.ts';
import { findRisks } from './find-risks.ts';
import { literalOutputs } from './literal-outputs.ts';
import { findMissingValues } from './missing-values.ts';
import { diffTemplates, type Template } from './template-diff.ts';

export interface RehearsalSettings {
  /** `.cdkpipe` of the project. */
  readonly store: string;
  /** Name of the pipeline; definitions beside each other share the store. */
  readonly pipeline: string;
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
      const missing = findMissingValues(target, text, ['prepare'], standingOf(target, settings));
      refuseIfAny(missing.map(({ reason, maker }) => words.rehearsedChangeSetFailed(target.stack.id, reason, maker)));
      const changes = await compareTemplates(target, findDeployed(target, settings), text);
      const digest = createHash('sha256').update(text).update(JSON.stringify(changes)).digest('hex');
      return { digest, changes };
    },
    execute: async (target, prepared) => {
      const text = readFileSync(target.templateFile, 'utf8');
      const { deployment, stack } = target;
      // Without a change set everything is read now.
      const missing = findMissingValues(
        target,
        text,
        prepared ? ['execute'] : ['prepare', 'execute'],
        standingOf(target, settings),
      );
      refuseIfAny(missing.map(({ reason, maker }) => words.rehearsedStackFailed(stack.id, reason, maker)));
      const given = settings.rehearsal?.outputs[`${deployment}/${stack.id}`] ?? {};
      const outputs = { ...literalOutputs(JSON.parse(text) as Template, stack.env), ...given };
      const before = await keepBefore(settings, target);
      // Not what was rehearsed last as it is now: after a crash that may be our own.
      const standing = findAgainst(settings) === undefined ? before : findDeployed(target, settings);
      const changes = prepared?.changes ?? (await compareTemplates(target, standing, text));
      await replaceFile(rehearsedFile(settings, target), text);
      return { outputs, summary: `recorded: ${sayChanges(changes)}` };
    },
    rollback: (target) => rollBack(settings, target),
    remarkOn: (assembly) => compareStackNames(assembly, settings),
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
    ...findRisks(stack.id, standing, text),
  };
}

/** @throws CdkpipeError naming every asset that is not there */
function checkAssets({ assemblyDirectory, manifests }: PublishTarget): string {
  let count = 0;
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    const file = join(assemblyDirectory, manifest);
    const { files = {}, dockerImages = {} } = JSON.parse(readFileSync(file, 'utf8')) as AssetManifest;
    for (const { source } of [...Object.values(files), ...Object.values(dockerImages)]) {
      const path = source.path ?? source.directory;
      if (path !== undefined && !existsSync(join(dirname(file), path)))
        problems.push(words.assetMissing(path, manifest));
      count += 1;
    }
  }
  if (problems.length > 0) throw refused(problems);
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
function findDeployed(target: StackPlace, settings: RehearsalSettings): string | undefined {
  const against = findAgainst(settings);
  if (against === undefined) return readIfThere(rehearsedFile(settings, target));
  const { stackName, env } = target.stack;
  const found = findDeployedStack(readDeployedStacks(against), stackName, env);
  return found && readFileSync(found.templateFile, 'utf8');
}

function findAgainst({ projectDirectory, rehearsal }: RehearsalSettings): string | undefined {
  return rehearsal?.against === undefined ? undefined : resolve(projectDirectory, rehearsal.against);
}

/** What a rehearsal against an assembly leaves uncompared, in sentences. */
export function compareStackNames(assembly: Assembly, settings: RehearsalSettings): string[] {
  const against = findAgainst(settings);
  if (against === undefined) return [];
  const deployed = readDeployedStacks(against);
  const stacks = assembly.deployments.flatMap((deployment) =>
    deployment.stacks.map((stack) => ({ name: `${deployment.name}/${stack.id}`, stack })),
  );
  const found = stacks.map(({ stack }) => findDeployedStack(deployed, stack.stackName, stack.env));
  const missing = stacks.filter((_, index) => found[index] === undefined);
  const left = deployed.filter((stack) => !found.includes(stack));
  const place = settings.rehearsal?.against ?? '';
  return [
    ...(missing.length === 0
      ? []
      : [`not in ${place}, so new: ${missing.map(({ name, stack }) => `${name} (${stack.stackName})`).join(', ')}`]),
    ...(left.length === 0
      ? []
      : [`in ${place}, but of no deployment: ${left.map((each) => `${each.name} (${each.environment})`).join(', ')}`]),
  ];
}

/** The templates of another stack of the deployment: what counts as deployed, and what this run has executed since. */
function standingOf({ deployment }: StackTarget, settings: RehearsalSettings) {
  return (stack: AssembledStack): string[] => {
    const place = { deployment, stack };
    const found = [findDeployed(place, settings), readIfThere(rehearsedFile(settings, place))];
    return found.filter((text) => text !== undefined);
  };
}

/** A pipeline may be called `..`. */
function directoryName(pipeline: string): string {
  return /^\.+$/.test(pipeline) ? pipeline.replaceAll('.', '%2e') : pipeline;
}

type StackPlace = Pick<StackTarget, 'deployment' | 'stack'>;

/** The template that was rehearsed last. */
function rehearsedFile({ store, pipeline }: RehearsalSettings, { deployment, stack }: StackPlace): string {
  return join(store, 'rehearsed', directoryName(pipeline), deployment, `${encodeURIComponent(stack.id)}.template.json`);
}

/**
 * Keeps the template that stood before this run, empty where there was none, and only once: when the call is made
 * again after a crash, what stands there may be our own.
 *
 * @returns the template, if there was one
 */
async function keepBefore(settings: RehearsalSettings, target: StackTarget): Promise<string | undefined> {
  const kept = join(settings.store, beforeFile(target));
  if (!existsSync(kept)) await replaceFile(kept, readIfThere(rehearsedFile(settings, target)) ?? '');
  const text = readFileSync(kept, 'utf8');
  return text === '' ? undefined : text;
}

function beforeFile({ run, deployment, stack }: StackTarget): string {
  return join('runs', run, 'before', deployment, `${encodeURIComponent(stack.id)}.before.json`);
}

/** As CloudFormation would: a stack that the run has made stays, and one that has changed since is not touched. */
async function rollBack(settings: RehearsalSettings, target: StackTarget): Promise<WayBack> {
  const file = rehearsedFile(settings, target);
  const [before, standing] = [readIfThere(join(settings.store, beforeFile(target))), readIfThere(file)];
  if (before === undefined || (standing ?? '') === before) return { outcome: 'unchanged', detail: 'as it was before' };
  if (standing !== readFileSync(target.templateFile, 'utf8')) throw refused([changedSince(target.stack.stackName)]);
  if (before === '') return { outcome: 'kept', detail: createdByRehearsal(target.stack.stackName, target.stack.env) };
  await replaceFile(file, before);
  return { outcome: 'restored', detail: 'as it was before' };
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, file);
}
