import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareFiles } from './compare-files.ts';
import { type FreshDirectory, openFreshDirectory } from './output-directory.ts';
import { checkProjectFiles, findLeftFiles, type ProjectFiles } from './project-files.ts';
import { writeTogether } from './write-together.ts';

const mark = 'written by the test';
let directory: string;
let files: ProjectFiles;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-together-'));
  files = { root: join(directory, 'source'), staged: join(directory, 'staged'), mark };
  mkdirSync(files.root);
  mkdirSync(files.staged);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
const inSource = (path: string) => join(files.root, path);
const target = () => inSource('cdk.out');
const workflow = '.github/workflows/orders.yml';
const all = () => readdirSync(files.root, { recursive: true }).map(String).sort();

async function writeAll(change: (fresh: FreshDirectory) => void = () => {}): Promise<void> {
  await using fresh = await openFreshDirectory(target());
  write(join(fresh.path, 'manifest.json'), 'new');
  change(fresh);
  await writeTogether(fresh, files);
}

test('the assembly and the files are in place, and nothing else is left', async () => {
  write(join(files.staged, workflow), `# ${mark} new`);
  await writeAll();
  expect(all()).toEqual(['.github', '.github/workflows', workflow, 'cdk.out', 'cdk.out/manifest.json']);
});

test('a file that is replaced keeps its mode, and one that is the same is not touched', async () => {
  write(inSource(workflow), `# ${mark} old`);
  chmodSync(inSource(workflow), 0o640);
  write(inSource('same.txt'), mark);
  const { ino } = statSync(inSource('same.txt'));
  write(join(files.staged, workflow), `# ${mark} new`);
  write(join(files.staged, 'same.txt'), mark);
  await writeAll();
  expect(readFileSync(inSource(workflow), 'utf8')).toBe(`# ${mark} new`);
  expect(statSync(inSource(workflow)).mode & 0o777).toBe(0o640);
  expect(statSync(inSource('same.txt')).ino).toBe(ino);
});

test('where a file cannot be replaced, the old assembly and the other files are there as before', async () => {
  write(join(target(), 'manifest.json'), 'old');
  write(inSource('a.txt'), `${mark} old`);
  write(join(files.staged, 'a.txt'), `${mark} new`);
  write(join(files.staged, 'b.txt'), `${mark} new`);
  await using fresh = await openFreshDirectory(target());
  write(join(fresh.path, 'manifest.json'), 'new');
  // A directory in the place of the second file: renaming fails when the first is in place already.
  const swapIn: FreshDirectory['swapIn'] = (beside) =>
    fresh.swapIn(() => {
      write(inSource('b.txt/in-the-way'), '');
      const old = readdirSync(files.root).find((name) => name.startsWith('b.txt.cdkpipe-new')) ?? '';
      rmSync(inSource(old));
      beside?.();
    });
  await expect(writeTogether({ ...fresh, swapIn }, files)).rejects.toThrow();
  expect(readFileSync(join(target(), 'manifest.json'), 'utf8')).toBe('old');
  expect(readFileSync(inSource('a.txt'), 'utf8')).toBe(`${mark} old`);
  expect(existsSync(inSource('b.txt/in-the-way'))).toBe(true);
  expect(readdirSync(files.root).filter((name) => name.includes('cdkpipe-'))).toEqual([]);
});

test('where the assembly cannot be put in place, no file has changed, and no directory is left', async () => {
  write(join(files.staged, workflow), `# ${mark} new`);
  await using fresh = await openFreshDirectory(target());
  const swapIn = async () => {
    throw new Error('the disk is full');
  };
  await expect(writeTogether({ ...fresh, swapIn }, files)).rejects.toThrow('the disk is full');
  expect(existsSync(inSource('.github'))).toBe(false);
});

test('a file that cannot be written is refused before anything has changed', async () => {
  write(inSource('.github'), 'a file where a directory has to be');
  write(join(files.staged, workflow), mark);
  await expect(writeAll()).rejects.toMatchObject({ problems: [{ code: 'OUTPUT_NOT_WRITABLE' }] });
  expect(all()).toEqual(['.github']);
});

test('a file without the mark, a directory in its place and a link out of the source are refused', async () => {
  for (const path of ['ours', 'theirs', 'directory', 'link/out', 'inner/in']) write(join(files.staged, path), mark);
  write(inSource('ours'), `${mark} old`);
  write(inSource('theirs'), 'my own');
  mkdirSync(inSource('directory'));
  symlinkSync(directory, inSource('link'));
  mkdirSync(inSource('real'));
  symlinkSync(inSource('real'), inSource('inner'));
  expect((await checkProjectFiles(files)).map(({ code, message }) => `${code} ${message.split('"')[1]}`)).toEqual([
    'PROJECT_FILE_FOREIGN directory',
    'PROJECT_FILE_OUTSIDE link/out',
    'PROJECT_FILE_FOREIGN theirs',
  ]);
});

test('what an earlier name has left beside the files is found by the mark', async () => {
  write(join(files.staged, workflow), mark);
  write(inSource('.github/workflows/old-name.yml'), mark);
  write(inSource('.github/workflows/other.yml'), 'my own');
  expect(await findLeftFiles(files)).toEqual(['.github/workflows/old-name.yml']);
});

test('a check compares the assembly and the files, and the files alone where no assembly is kept', async () => {
  write(join(files.staged, workflow), mark);
  write(inSource('.github/workflows/old-name.yml'), mark);
  const written = join(directory, 'written');
  write(join(written, 'manifest.json'), '{}');
  const ofProject = [
    { root: 'project', file: '.github/workflows/old-name.yml', change: 'unexpected' },
    { root: 'project', file: workflow, change: 'missing' },
  ];
  expect(await compareFiles(written, target(), files)).toEqual(ofProject);
  mkdirSync(target());
  expect(await compareFiles(written, target(), files)).toEqual([
    { root: 'assembly', file: 'manifest.json', change: 'missing' },
    ...ofProject,
  ]);
});
