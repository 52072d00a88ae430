/** Checks that one definition always becomes the same pipeline: two processes, two places on earth. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, PackedPlugin } from '../check/check.ts';
import type { Answers, Determined } from '../probe/lower-all.ts';
import { probeFile } from '../probe/probe-file.ts';

const places = [
  { TZ: 'UTC', LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' },
  { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
];

const known = new WeakMap<PackedPlugin, Promise<readonly Determined[]>>();

function determine(packed: PackedPlugin): Promise<readonly Determined[]> {
  const answers = known.get(packed) ?? Promise.all(places.map((place, index) => determineAt(packed, place, index)));
  known.set(packed, answers);
  return answers;
}

async function determineAt({ directory, project }: PackedPlugin, env: NodeJS.ProcessEnv, index: number) {
  const answer = join(project, `lowered-${index}.json`);
  const child = spawn(process.execPath, [probeFile, 'lower', directory, answer], {
    env: { ...process.env, ...env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0)
    throw new Error(`a process that drew the examples ended with exit code ${code}: ${stderr.trim().slice(-500)}`);
  return JSON.parse(readFileSync(answer, 'utf8')) as Determined;
}

function differing(one: Answers = {}, other: Answers = {}): string[] {
  return Object.keys({ ...one, ...other }).filter((key) => one[key] !== other[key]);
}

export const pureLoweringCheck: Check = {
  id: 'CP208',
  severity: 'error',
  title: 'lower gives the same steps in every process, time zone and locale',
  why: 'a pipeline that changes without a change of its definition updates itself for nothing, and reviews show what nobody did',
  fix: 'let lower depend on its arguments alone: no clock, no random numbers, no environment, no toLocaleString',
  looksAt: 'plugin',
  async run(subject) {
    const [one, other] = await determine(subject);
    return differing(one?.lowered, other?.lowered).map((about) => ({ about, message: 'lower answered differently' }));
  },
};

export const sameBytesCheck: Check = {
  id: 'CP209',
  severity: 'error',
  title: 'what is emitted is the same in every process, time zone and locale',
  why: 'the assembly that a build emits must be the one that was reviewed',
  fix: 'let renderers and hooks depend on what they are given alone',
  looksAt: 'plugin',
  async run(subject) {
    const [one, other] = await determine(subject);
    const impure = new Set(differing(one?.lowered, other?.lowered));
    return differing(one?.drawn, other?.drawn)
      .filter((about) => !impure.has(about))
      .map((about) => ({ about, message: 'what was emitted differs' }));
  },
};
