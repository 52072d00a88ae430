/** Imports a package in a process of its own and tells what that left behind. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackedPlugin } from '../check/check.ts';
import { probeFile } from './probe-file.ts';

export interface ImportTrace {
  /** Why it cannot be imported. */
  readonly failure?: string;
  /** What it wrote to stdout and stderr. */
  readonly printed: string;
  /** Globals, listeners and the like that it left. */
  readonly traces: readonly string[];
  /** Whether the process ended by itself. */
  readonly ends: boolean;
}

/** How long a process may go on once everything is imported. */
const graceMs = 3000;
/** How long the import itself may take. */
const limitMs = 30_000;

const known = new WeakMap<PackedPlugin, Promise<ImportTrace>>();

/** Once for each package, however many checks ask. */
export function importAlone(packed: PackedPlugin): Promise<ImportTrace> {
  const trace = known.get(packed) ?? traceImport(packed);
  known.set(packed, trace);
  return trace;
}

async function traceImport({ name, project }: PackedPlugin): Promise<ImportTrace> {
  const answer = join(project, 'import-trace.json');
  const child = spawn(process.execPath, [probeFile, 'import', project, name, answer], {
    cwd: project,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const imported = new Promise<void>((resolve) => {
    child.once('message', () => resolve());
    child.once('close', () => resolve());
  });
  let ends = true;
  const end = () => {
    ends = false;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(end, limitMs);
  await imported;
  clearTimeout(timer);
  timer = setTimeout(end, graceMs);
  const code = await closed;
  clearTimeout(timer);
  return { printed, ends, ...readAnswer(answer, code, ends) };
}

function readAnswer(file: string, code: number | null, ends: boolean): Pick<ImportTrace, 'failure' | 'traces'> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Pick<ImportTrace, 'failure' | 'traces'>;
  } catch {
    const failure = ends
      ? `the process ended while it was imported, with exit code ${code}`
      : `it was not imported within ${limitMs / 1000} seconds`;
    return { failure, traces: [] };
  }
}
