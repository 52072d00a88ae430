/** Findings of earlier runs, kept in one file per project by what was checked and who checked it. */
import { hash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory } from '../files/make-directory.ts';
import { privateMode } from '../files/private-directory.ts';
import { openSeal, type Seal } from './seal-findings.ts';
import type { RuleFinding, TemplateToCheck } from './template-finding.ts';

/** To be raised whenever the same validator's findings are read in another way. */
const edition = 2;
const maxEntries = 2000;
const maxFiles = 100;

export interface FindingCache {
  /** Whether the run before this one suggests that there will be something to check. */
  readonly expectsMisses: boolean;
  find(template: TemplateToCheck): readonly RuleFinding[] | undefined;
  keep(template: TemplateToCheck, findings: readonly RuleFinding[]): void;
  /** Writes what has changed; a cache that cannot be written is no fault. */
  save(): void;
}

interface Stored {
  readonly validator: string;
  /** How many runs one after the other had something to check. */
  readonly missedRuns: number;
  /** By what was checked; one whose seal does not fit was not written by us as it is, and is checked again. */
  readonly findings: Readonly<Record<string, Sealed>>;
}

interface Sealed {
  readonly seal: string;
  readonly found: readonly RuleFinding[];
}

/**
 * @param directory nothing is kept when absent
 * @param project tells projects apart, whose entries share a file
 * @param validator names validator and rules
 */
export function openFindingCache(directory: string | undefined, project: string, validator: string): FindingCache {
  const file =
    directory === undefined ? undefined : join(directory, 'templates', `${digest(project).slice(0, 20)}.json`);
  const checker = `${edition}/${validator}`;
  const stored = file === undefined ? undefined : readStored(file, checker);
  const seal = openSeal(directory, checker);
  const old = new Map(
    Object.entries(stored?.findings ?? {}).flatMap(([key, sealed]) =>
      seal.fits(key, sealed.found, sealed.seal) ? [[key, sealed.found] as const] : [],
    ),
  );
  const used = new Map<string, readonly RuleFinding[]>();
  const keys = new WeakMap<TemplateToCheck, string>();
  const keyOf = (template: TemplateToCheck): string => {
    const { text, account = '', region = '' } = template;
    const key = keys.get(template) ?? digest(`${account}\n${region}\n${text}`);
    keys.set(template, key);
    return key;
  };
  let missed = false;
  let changed = false;
  return {
    // One edit does not make a habit: a run after a single miss may well be a repetition, and should start nothing.
    expectsMisses: stored === undefined || stored.missedRuns > 1,
    find(template) {
      const key = keyOf(template);
      const findings = used.get(key) ?? old.get(key);
      if (findings) used.set(key, findings);
      return findings;
    },
    keep(template, findings) {
      used.set(keyOf(template), findings);
      missed = true;
      changed = true;
    },
    save() {
      const missedRuns = missed ? (stored?.missedRuns ?? 0) + 1 : 0;
      if (file === undefined || !(changed || (used.size > 0 && missedRuns < (stored?.missedRuns ?? 0)))) return;
      changed = false;
      const kept = [...new Map([...used, ...old])].slice(0, maxEntries);
      const findings = Object.fromEntries(kept.map(([key, found]) => [key, sealed(seal, key, found)]));
      write(file, { validator: checker, missedRuns, findings }, stored === undefined);
    },
  };
}

function sealed(seal: Seal, key: string, found: readonly RuleFinding[]): Sealed {
  return { seal: seal.of(key, found), found };
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}

function readStored(file: string, validator: string): Stored | undefined {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isStored(stored) && stored.validator === validator ? stored : undefined;
  } catch {
    return undefined;
  }
}

function isStored(value: unknown): value is Stored {
  const { missedRuns, findings } = (value ?? {}) as Partial<Record<keyof Stored, unknown>>;
  if (typeof missedRuns !== 'number' || typeof findings !== 'object' || findings === null) return false;
  return Object.values(findings).every(isSealed);
}

function isSealed(value: unknown): value is Sealed {
  const { seal, found } = (value ?? {}) as Partial<Record<keyof Sealed, unknown>>;
  return typeof seal === 'string' && Array.isArray(found) && found.every(isFinding);
}

function isFinding(value: unknown): value is RuleFinding {
  const { severity, rule, message } = (value ?? {}) as Partial<Record<keyof RuleFinding, unknown>>;
  return (severity === 'error' || severity === 'warning') && typeof rule === 'string' && typeof message === 'string';
}

function write(file: string, stored: Stored, isNew: boolean): void {
  const beside = `${file}.${randomUUID()}`;
  try {
    makeDirectory(dirname(file), privateMode);
    writeFileSync(beside, JSON.stringify(stored), { mode: 0o600 });
    renameSync(beside, file);
    if (isNew) prune(dirname(file));
  } catch {
    forget(beside);
  }
}

function forget(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where nothing can be written, nothing is left behind either.
  }
}

/** Forgets the projects that were not worked on for the longest time. */
function prune(directory: string): void {
  const files = readdirSync(directory).map((name) => join(directory, name));
  if (files.length <= maxFiles) return;
  const byAge = files.map((path) => ({ path, time: statSync(path).mtimeMs })).sort((a, b) => b.time - a.time);
  for (const { path } of byAge.slice(maxFiles)) rmSync(path, { force: true });
}
