/** A log holds what was printed up to its limit, then its end; nothing of it grows with the output. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openActionLog } from './action-log.ts';
import { longestLine } from './cut-lines.ts';
import { readLogLimit } from './log-limit.ts';

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-log-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function printed(pieces: readonly string[], limit = 1024 * 1024): { file: string; lines: string[] } {
  const file = join(scratch(), 'log');
  const lines: string[] = [];
  const lose = (error: unknown) => {
    throw error;
  };
  const log = openActionLog({ file, header: 'x', limit, tell: (line) => lines.push(line), lose });
  for (const piece of pieces) log.print(piece);
  log.close();
  return { file: readFileSync(file, 'utf8'), lines };
}

test('a log holds what is printed as it is', () => {
  const { file, lines } = printed(['a\r\nb', 'c\n\nö']);
  expect(file).toBe('--- x\na\r\nbc\n\nö');
  expect(lines).toEqual(['a', 'bc', '', 'ö']);
});

test('beyond the limit it says so, and keeps the end', () => {
  const numbers = Array.from({ length: 200_000 }, (_, at) => `line ${at}\n`);
  const { file, lines } = printed(numbers, 100_000);
  expect(Buffer.byteLength(file)).toBeLessThan(100_000 + 64 * 1024 + 1000);
  expect(file).toMatch(/^--- x\nline 0\nline 1\n/);
  expect(file).toMatch(/--- the log has reached its limit of .* MiB \(CDKPIPE_LOG_LIMIT\)/);
  expect(file).toMatch(/\n--- \d+ characters were dropped here\nline \d+\n/);
  expect(file).toMatch(/line 199998\nline 199999\n$/);
  expect(lines.at(-1)).toBe('line 199999');
  expect(lines.length).toBeLessThan(12_000);
  const dropped = Number(/(\d+) characters were dropped/.exec(file)?.[1]);
  const shown = file
    .split('\n')
    .filter((line) => line.startsWith('line '))
    .join('\n').length;
  expect(Math.abs(numbers.join('').length - dropped - shown)).toBeLessThan(50);
});

test('a letter at the limit is whole, or not there', () => {
  for (const limit of [10, 11, 12, 13]) expect(printed(['ööööööööö'], limit).file).not.toContain('\ufffd');
});

test('a line of 40 MB is cut in what is told, in linear time', () => {
  const begun = performance.now();
  const { lines } = printed(
    Array.from({ length: 640 }, () => 'x'.repeat(64 * 1024)),
    64 * 1024 * 1024,
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^x{10000} … \(\d+ more characters\)$/);
  expect(lines[0]?.length).toBeLessThan(longestLine + 50);
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test.each([
  [undefined, 32],
  ['', 32],
  ['1', 1],
])('the limit %s means %i MiB', (text, mebibytes) => {
  expect(readLogLimit({ CDKPIPE_LOG_LIMIT: text })).toBe(mebibytes * 1024 * 1024);
});

test.each(['0', '-1', '1.5', 'much', '1e9'])('the limit %s is refused', (text) => {
  expect(() => readLogLimit({ CDKPIPE_LOG_LIMIT: text })).toThrow(
    expect.objectContaining({ code: 'LOG_LIMIT_INVALID' }),
  );
});

/** Runs a command with its log in a process of its own. */
function measure(command: string): { rss: number; bytes: number; exitCode: number } {
  const file = join(scratch(), 'log');
  const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const source = `
    const { runGroup } = await import(${module('../process/run-group.ts')});
    const { openActionLog } = await import(${module('./action-log.ts')});
    const log = openActionLog({ file: ${JSON.stringify(file)}, header: 'x', limit: 2 ** 20, tell() {}, lose(e) { throw e; } });
    const before = process.memoryUsage().rss;
    const end = await runGroup({ file: 'bash', args: ['-c', ${JSON.stringify(command)}], cwd: '/', env: { PATH: process.env.PATH },
      secrets: new Set(['hunter2-and-more']), signal: new AbortController().signal, print: log.print });
    log.close();
    console.log(JSON.stringify({ rss: process.resourceUsage().maxRSS * 1024 - before, exitCode: end.exitCode }));`;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', source];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return { ...(JSON.parse(stdout) as { rss: number; exitCode: number }), bytes: statSync(file).size };
}

test.each([
  ['100 MB of lines', 'yes "some words that a tool prints" | head -c 100000000'],
  ['a line of 40 MB', "head -c 40000000 /dev/zero | tr '\\0' x"],
])('%s from a step do not grow the process', (_name, command) => {
  const { rss, bytes, exitCode } = measure(command);
  expect(exitCode).toBe(0);
  expect(bytes).toBeLessThan(2 * 1024 * 1024);
  expect(rss).toBeLessThan(150 * 1024 * 1024);
});
