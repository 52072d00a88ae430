/** Directories that steps around the build leave behind, kept for the build and for later steps. */
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isInsideWorkspace, overlaps, type Plan, type PlanNode, refused, settledBefore } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';
import { type RunPaths, resolveInside } from './paths.ts';
import { copyTree, replaceDirectory } from './source-tree.ts';

export interface OutputPlace {
  readonly plan: Plan;
  readonly node: PlanNode;
  readonly paths: RunPaths;
}

/**
 * Keeps the directory `from` of `workspace` under the name `as`.
 *
 * @throws CdkpipeError where the step may have no such output, Error where there is no such directory
 */
export async function keepOutput(place: OutputPlace, workspace: string, from: string, as: string): Promise<void> {
  checkOutput(place, as);
  if (!existsSync(join(workspace, from)))
    throw new Error(`the commands have left no directory "${from}" behind, which is the output of the step`);
  const directory = resolveInside(workspace, from);
  if (!statSync(directory).isDirectory()) throw new Error(`the output "${from}" is a file, not a directory`);
  const target = join(directoryOf(place.paths, place.node), encodeName(as));
  await replaceDirectory(target, (fresh) => copyTree(directory, fresh));
}

/** Removes what an earlier attempt of the step has kept. */
export function forgetOutputs({ paths, node }: OutputPlace): Promise<void> {
  return rm(directoryOf(paths, node), { recursive: true, force: true });
}

/** What was kept by steps that have certainly ended when the node starts: places by name. */
export function findOutputs({ plan, node, paths }: OutputPlace): ReadonlyMap<string, string> {
  const settled = settledBefore(plan, node);
  return new Map(plan.nodes.filter(({ id }) => settled.has(id)).flatMap((each) => outputsOf(paths, each)));
}

/** Lays a kept directory into a workspace, where nothing may lie yet. */
export async function layOutput(from: string, workspace: string, name: string): Promise<void> {
  const target = join(workspace, name);
  if (!isInside(realpathSync(workspace), realpathSync(nearestOf(target))))
    throw new Error(`"${name}" leads out of the workspace through a link of the source; nothing can be laid there`);
  if (existsSync(target) && !(statSync(target).isDirectory() && readdirSync(target).length === 0))
    throw new Error(`"${name}" of the source already holds files; the output of a step cannot be laid there`);
  await mkdir(target, { recursive: true });
  await copyTree(from, target);
}

/** @throws CdkpipeError where the step may have no output of that name */
export function checkOutput({ plan, node, paths }: OutputPlace, name: string): void {
  if (node.type !== 'build') throw refused([words.stepOutputMisplaced(node)]);
  if (!isInsideWorkspace(name)) throw refused([words.stepOutputUnsafe(name, node)]);
  const { additionalSources, build } = plan.pipeline;
  const others = plan.nodes.filter(({ id }) => id !== node.id).flatMap((each) => outputsOf(paths, each));
  const taken = [build.output, ...additionalSources.map(({ directory }) => directory), ...others.map(([each]) => each)];
  const other = taken.find((directory) => overlaps(directory, name));
  if (other !== undefined) throw refused([words.stepOutputTaken(name, other, node)]);
}

function outputsOf(paths: RunPaths, node: PlanNode): [name: string, place: string][] {
  const directory = directoryOf(paths, node);
  if (!existsSync(directory)) return [];
  // What ends in `.new` was not finished; no encoded name does.
  const names = readdirSync(directory).filter((file) => !file.endsWith('.new'));
  return names.map((file) => [decodeURIComponent(file), join(directory, file)]);
}

function directoryOf(paths: RunPaths, { id }: PlanNode): string {
  return join(paths.outputs, encodeName(id));
}

/** A name of one file, without a dot. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}

function isInside(outer: string, path: string): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}

function nearestOf(path: string): string {
  return existsSync(path) ? path : nearestOf(dirname(path));
}
