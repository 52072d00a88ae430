import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isCdkpipeError } from '@cdkpipe/core';
import type LibSql from 'libsql';
import { describe, expect, test } from 'vitest';
import { asked, started } from '../journal/events.test.fixture.ts';
import { databaseFile } from './database.ts';
import { openRunStore, type RunStore } from './run-store.ts';
import { engineFile, makeStoreDirectory, runModule } from './store.test.fixture.ts';

const Database = createRequire(import.meta.url)('libsql') as typeof LibSql;
const now = new Date('2026-01-01T00:00:00Z');

/** Codes of the problems that `work` refuses with, or what it gave. */
function outcomeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (isCdkpipeError(error)) return error.problems.map(({ code }) => code).join();
    throw error;
  }
}

function using<T>(directory: string, work: (store: RunStore) => T): T {
  const store = openRunStore(directory);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** A store with one run of `count` records. */
function filled(directory: string, count = 12): void {
  using(directory, (store) => {
    store.begin('r1', started(), now);
    for (let index = 1; index < count; index++)
      store.append('r1', now, { type: 'actionStarted', node: `node-${index}`, attempt: 1, retry: 'safe' });
    store.release('r1');
  });
}

describe('the store', () => {
  test('gives back what was written, from another connection too', () => {
    const directory = makeStoreDirectory();
    filled(directory);
    const records = using(directory, (store) => store.read('r1'));
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(records[0]?.event).toEqual(started());
    expect(using(directory, (store) => store.readAfter('r1', 10)).map(({ seq }) => seq)).toEqual([11, 12]);
    expect(using(directory, (store) => store.list())).toEqual([
      expect.objectContaining({ id: 'r1', pipeline: 'shop', created: now.toISOString() }),
    ]);
  });

  test('is a SQLite file that nobody else may read, in a directory that nobody else may enter', () => {
    const directory = makeStoreDirectory();
    filled(directory);
    const file = databaseFile(directory);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
    const plain = new Database(file);
    expect(plain.prepare("SELECT count(*) FROM records WHERE run = 'r1'").raw().get()).toEqual([12]);
    plain.close();
  });

  test('takes back rights that somebody gave to others', () => {
    const directory = makeStoreDirectory();
    filled(directory);
    chmodSync(databaseFile(directory), 0o644);
    using(directory, () => {});
    expect(statSync(databaseFile(directory)).mode & 0o777).toBe(0o600);
  });

  test('removes a run as a whole, and leaves the others as they were', () => {
    const directory = makeStoreDirectory();
    filled(directory);
    using(directory, (store) => {
      store.begin('r2', started('other'), now);
      store.release('r2');
      expect(store.remove('r1', 12)).toBe(true);
      expect(store.list().map(({ id }) => id)).toEqual(['r2']);
      expect(store.read('r2')).toHaveLength(1);
      expect(outcomeOf(() => store.read('r1'))).toBe('RUN_UNKNOWN');
    });
    const plain = new Database(databaseFile(directory));
    expect(plain.prepare("SELECT count(*) FROM records WHERE run = 'r1'").raw().get()).toEqual([0]);
    plain.close();
  });

  test('removes no run that a process works on, or in which something was written since', () => {
    const directory = makeStoreDirectory();
    filled(directory);
    using(directory, (store) => {
      expect(store.remove('r1', 11)).toBe(false);
      store.take('r1', now);
      expect(store.remove('r1', 12)).toBe(false);
      store.release('r1');
      expect(store.read('r1')).toHaveLength(12);
      expect(store.remove('r1', 12)).toBe(true);
    });
  });

  test('knows when a run was begun, whatever its own clock said', () => {
    using(makeStoreDirectory(), (store) => {
      store.begin('r1', { ...started(), clockOffset: 3_600_000 }, new Date('2026-01-01T01:00:00Z'));
      expect(store.list()).toEqual([expect.objectContaining({ mode: 'rehearsal', begun: now })]);
    });
  });

  test('names the runs it has when asked for one it has not', () => {
    const directory = makeStoreDirectory();
    filled(directory);
    expect(outcomeOf(() => using(directory, (store) => store.read('r2')))).toBe('RUN_UNKNOWN');
  });
});

describe('damage', () => {
  const corruptions: [string, (directory: string) => void, string | RegExp][] = [
    ['a file of something else', (d) => writeFileSync(databaseFile(d), 'x'.repeat(5000)), 'STORE_CORRUPT'],
    ['a file cut in half', (d) => truncateSync(databaseFile(d), 8192), 'STORE_CORRUPT'],
    ['a file cut inside a page', (d) => truncateSync(databaseFile(d), 9000), 'STORE_CORRUPT'],
    ['a version of tomorrow', (d) => alter(d, 'PRAGMA user_version = 99'), 'STORE_OF_OTHER_VERSION'],
    ['tables without a version', (d) => alter(d, 'PRAGMA user_version = 0'), 'STORE_CORRUPT'],
    [
      'a changed record',
      (d) => alter(d, "UPDATE records SET body = replace(body, 'node-3', 'node-4')"),
      'STORE_CORRUPT',
    ],
    ['a lost record', (d) => alter(d, 'DELETE FROM records WHERE seq = 5'), 'STORE_CORRUPT'],
    ['a lost end', (d) => alter(d, 'DELETE FROM records WHERE seq > 8'), 'STORE_CORRUPT'],
    ['another pipeline', (d) => alter(d, "UPDATE runs SET pipeline = 'other'"), 'STORE_CORRUPT'],
    ['a lost entry', (d) => alter(d, 'PRAGMA foreign_keys = OFF; DELETE FROM runs'), 'STORE_CORRUPT'],
  ];

  function alter(directory: string, sql: string): void {
    const database = new Database(databaseFile(directory));
    database.exec(sql);
    database.close();
  }

  test.each(corruptions)('%s is reported and left as it is', (_what, damage, outcome) => {
    const directory = makeStoreDirectory();
    filled(directory);
    damage(directory);
    const before = readFileSync(databaseFile(directory));
    expect(outcomeOf(() => using(directory, (store) => store.read('r1').length))).toBe(outcome);
    expect(readFileSync(databaseFile(directory)).equals(before)).toBe(true);
  });

  test('no flipped bit changes what is read: it is reported, or it lies where nothing is', () => {
    const directory = makeStoreDirectory();
    filled(directory);
    const file = databaseFile(directory);
    const good = join(dirname(directory), 'good.db');
    copyFileSync(file, good);
    const truth = JSON.stringify(using(directory, (store) => store.read('r1')));
    const bytes = readFileSync(good);
    const outcomes = { reported: 0, harmless: 0 };
    for (let at = 0; at < bytes.length; at += 61) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8((flipped[at] ?? 0) ^ (1 << (at % 8)), at);
      writeFileSync(file, flipped);
      const outcome = outcomeOf(() => using(directory, (store) => JSON.stringify(store.read('r1'))));
      if (outcome === truth) outcomes.harmless += 1;
      else {
        expect(outcome).toMatch(
          /^(STORE_CORRUPT|STORE_OF_OTHER_VERSION|RUN_UNKNOWN|STORE_UNREADABLE|STORE_NOT_WRITABLE)$/,
        );
        outcomes.reported += 1;
      }
    }
    expect(outcomes.reported).toBeGreaterThan(20);
  });

  test('a crash of a writer in the middle of a transaction leaves what was there before', async () => {
    const directory = makeStoreDirectory();
    filled(directory);
    const file = databaseFile(directory);
    // Small pages of cache make SQLite write to the file before the commit, as for a large transaction.
    await runModule(
      `import { createRequire } from 'node:module';
       const Database = createRequire(${JSON.stringify(import.meta.url)})('libsql');
       const db = new Database(process.argv[1]);
       db.exec('PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE');
       for (let i = 0; i < 2000; i++) db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?)').run('r1', 100 + i, 'a', 'x'.repeat(500), 'h');
       process.kill(process.pid, 'SIGKILL');`,
      [file],
    );
    expect(statSync(`${file}-journal`).size).toBeGreaterThan(0);
    expect(using(directory, (store) => store.read('r1').length)).toBe(12);
  });
});

describe('the world around it', () => {
  test('a file in the place of the directory', () => {
    const directory = makeStoreDirectory();
    writeFileSync(directory, '');
    expect(outcomeOf(() => openRunStore(directory))).toBe('STORE_NOT_WRITABLE');
  });

  test('a directory in the place of the file', () => {
    const directory = makeStoreDirectory();
    mkdirSync(databaseFile(directory), { recursive: true });
    expect(outcomeOf(() => openRunStore(directory))).toBe('STORE_NOT_WRITABLE');
  });

  test.each([
    ['a directory that may only be read', 0o555, 'STORE_NOT_WRITABLE'],
    ['a directory that may not be entered', 0o000, 'STORE_NOT_WRITABLE'],
  ])('%s', async (_what, mode, outcome) => {
    const directory = makeStoreDirectory();
    mkdirSync(directory);
    chmodSync(directory, mode);
    chmodSync(dirname(directory), 0o755);
    expect(await openAsNobody(directory)).toBe(outcome);
  });

  test('a store that may only be read', async () => {
    const directory = makeStoreDirectory();
    filled(directory);
    chmodSync(databaseFile(directory), 0o400);
    chmodSync(directory, 0o755);
    chmodSync(dirname(directory), 0o755);
    expect(await openAsNobody(directory)).toBe('STORE_NOT_WRITABLE');
    expect(using(directory, (store) => store.read('r1').length)).toBe(12);
  });

  /** Opens a store as somebody without rights: root may write everywhere, so it becomes nobody first. */
  function openAsNobody(directory: string): Promise<string> {
    const own = makeStoreDirectory();
    return runModule(
      `import { openRunStore } from '${engineFile}';
       const [directory, own] = process.argv.slice(1);
       // Loads the binding while it can still be read.
       openRunStore(own).close();
       if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
       try { openRunStore(directory); console.log('opened'); } catch (error) { console.log(error.code); }`,
      [directory, own],
    );
  }

  // A file system of its own that is too small, in a mount namespace that ends with the process.
  const canMount =
    spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0;
  if (!canMount) process.stderr.write('skipped, as nothing can be mounted here: a run on a disk that is full\n');

  test.skipIf(!canMount)('a disk that gets full under a run: it stops, and goes on when there is room', async () => {
    const source = `
      import { rmSync, writeFileSync } from 'node:fs';
      import { openRunStore, runEngine, systemClock } from '${engineFile}';
      const ids = Array.from({ length: 60 }, (_, index) => 'n' + index);
      const nodes = ids.map((id, index) => ({ id, name: id, group: 'W', after: index === 0 ? [] : ['n' + (index - 1)], path: '', type: 'execute', deployment: 'D', stack: id, changeSet: false, outputs: [] }));
      const plan = { pipeline: { name: 'shop', waves: [] }, backend: 'local', groups: [{ name: 'W', type: 'wave', path: '' }], nodes, notes: [] };
      const never = new AbortController().signal;
      const done = [];
      const acknowledged = [];
      const carryOn = (store) => runEngine({
        run: 'r', store, clock: systemClock(), concurrency: 1, person: { user: 'ada', account: 'ada' }, stop: never, kill: never, tell() {},
        course: { beginning: plan, whole: plan, planWhole: async () => ({ plan, digest: 'd' }), workOf: async (_, { id }) => ({ type: 'task', retry: 'safe',
          run: async () => { done.push(id); return { outcome: 'succeeded', summary: 'x'.repeat(4000) }; } }) },
        observe: ({ event }, past) => { if (!past && event.type === 'actionEnded') acknowledged.push(event.node); },
      });
      const directory = '/mnt/.cdkpipe';
      const store = openRunStore(directory);
      store.begin('r', ${JSON.stringify(started())}, new Date());
      writeFileSync('/mnt/ballast', Buffer.alloc(250_000));
      const first = await carryOn(store).catch((error) => error.code);
      store.close();
      rmSync('/mnt/ballast');
      const again = openRunStore(directory);
      const ended = again.read('r').flatMap(({ event }) => event.type === 'actionEnded' ? [event.node] : []);
      const lost = acknowledged.filter((id) => !ended.includes(id));
      const before = acknowledged.length;
      const second = await carryOn(again);
      const repeated = ended.filter((id) => done.filter((each) => each === id).length > 1);
      console.log(JSON.stringify({ first, some: before > 0 && before < 60, lost, second, repeated, acknowledged: acknowledged.length }));`;
    const mounted = ['-m', 'bash', '-c', 'mount -t tmpfs -o size=512k tmpfs /mnt && exec "$@"', 'bash'];
    const { stdout } = await promisify(execFile)('unshare', [
      ...mounted,
      process.execPath,
      '--input-type=module',
      '-e',
      source,
    ]);
    expect(JSON.parse(stdout)).toEqual({
      first: 'STORE_FULL',
      some: true,
      lost: [],
      second: 'succeeded',
      repeated: [],
      acknowledged: 60,
    });
  });

  test('a file that may not grow: the write is refused, and everything acknowledged is there', async () => {
    const directory = makeStoreDirectory();
    filled(directory);
    // A limit on the size of files is what a process can bring about by itself; it fails like a full disk.
    const printed = await runModule(
      `import { spawnSync } from 'node:child_process';
       const child = \`
         import { openRunStore } from '${engineFile}';
         const store = openRunStore(process.argv[1]);
         let written = 0;
         try {
           for (;;) { store.append('r1', new Date(), { type: 'actionStarted', node: 'x'.repeat(900), attempt: 1, retry: 'safe' }); written += 1; }
         } catch (error) { console.log(error.code + ' ' + written); }
       \`;
       const run = spawnSync('bash', ['-c', 'trap "" XFSZ; ulimit -f 64; exec "$@"', 'bash', process.execPath, '--input-type=module', '-e', child, process.argv[1]], { encoding: 'utf8' });
       console.log(run.stdout + run.stderr);`,
      [directory],
    );
    const [, code, written] = /^(\w+) (\d+)$/m.exec(printed) ?? [];
    expect(printed).toMatch(/^(STORE_FULL|STORE_UNREADABLE) \d+$/m);
    expect(code).toBeDefined();
    expect(Number(written)).toBeGreaterThan(5);
    const records = using(directory, (store) => store.read('r1'));
    expect(records.length).toBe(12 + Number(written));
  });

  test('a clock that was set back an hour: order and times of the journal still grow', () => {
    const directory = makeStoreDirectory();
    using(directory, (store) => {
      store.begin('r1', started(), now);
      store.append('r1', new Date(now.getTime() - 3_600_000), asked('Prod/Review'));
      expect(store.read('r1').map(({ at }) => at)).toEqual([now.toISOString(), now.toISOString()]);
    });
  });
});

describe('the holder of a pipeline', () => {
  test('keeps others out while it lives, and is named', () => {
    const directory = makeStoreDirectory();
    using(directory, (store) => {
      store.begin('r1', started(), now);
      using(directory, (other) => {
        expect(outcomeOf(() => other.begin('r2', started(), now))).toBe('RUN_IN_PROGRESS');
        expect(() => other.begin('r2', started(), now)).toThrow(`run r1, process ${process.pid} on `);
        expect(outcomeOf(() => other.begin('r3', started('another'), now))).toBeUndefined();
      });
      store.release('r1');
      expect(outcomeOf(() => store.begin('r4', started(), now))).toBeUndefined();
    });
  });

  test('is forgotten when its process is gone, or its number belongs to a younger one', async () => {
    const directory = makeStoreDirectory();
    await runModule(
      `import { openRunStore } from '${engineFile}';
       openRunStore(process.argv[1]).begin('r1', ${JSON.stringify(started())}, new Date());
       process.kill(process.pid, 'SIGKILL');`,
      [directory],
    );
    using(directory, (store) => expect(store.findHolder('r1')).toBeUndefined());
    const database = new Database(databaseFile(directory));
    database.prepare('UPDATE holders SET pid = ?').run(process.pid);
    database.close();
    using(directory, (store) => {
      expect(store.findHolder('r1')).toBeUndefined();
      expect(outcomeOf(() => store.take('r1', now))).toBeUndefined();
      expect(store.findHolder('r1')).toMatchObject({ pid: process.pid, run: 'r1' });
    });
  });

  test('of 50 processes that begin at once, one wins and every other is told who', async () => {
    const directory = makeStoreDirectory();
    rmSync(directory, { force: true, recursive: true });
    const source = `
      import { existsSync } from 'node:fs';
      import { openRunStore } from '${engineFile}';
      const [directory, name, at] = process.argv.slice(1);
      await new Promise((resolve) => setTimeout(resolve, Number(at) - Date.now()));
      try {
        openRunStore(directory).begin(name, ${JSON.stringify(started())}, new Date());
        console.log('won ' + name);
        // The winner stays alive until all others have tried.
        while (!existsSync(directory + '/done')) await new Promise((resolve) => setTimeout(resolve, 50));
      } catch (error) { console.log(error.code + ' ' + /run (\\w+)/.exec(error.message)?.[1]); }`;
    const at = String(Date.now() + 3000);
    let losers = 0;
    const starts = Array.from({ length: 50 }, async (_, index) => {
      const line = await runModule(source, [directory, `r${index}`, at]);
      losers += line.startsWith('won ') ? 0 : 1;
      if (losers === 49) writeFileSync(join(directory, 'done'), '');
      return line;
    });
    const printed = await Promise.all(starts);
    const winners = printed.filter((line) => line.startsWith('won '));
    expect(winners).toHaveLength(1);
    const winner = winners[0]?.slice(4);
    expect(printed.filter((line) => line === `RUN_IN_PROGRESS ${winner}`)).toHaveLength(49);
    expect(using(directory, (store) => store.list().map(({ id }) => id))).toEqual([winner]);
  });
});
