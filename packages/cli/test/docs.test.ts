/** Holds the pages that people read against the code: whole definitions run, and every error code is explained. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { docsOf, hookNames } from '@cdkpipe/core';
import { synthesize } from '@cdkpipe/core/host';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseErrors } from '../../../build/write-errors.mjs';

const root = resolve(import.meta.dirname, '../../..');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
  ...readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}/README.md`)
    .filter((page) => existsSync(join(root, page))),
];
const read = (page: string) => readFileSync(join(root, page), 'utf8');

interface Block {
  readonly file: string;
  readonly text: string;
}

/** Fenced blocks that say which file they are: in a comment on their first line, or beside the language. */
function blocksOf(page: string): Block[] {
  return [...read(page).matchAll(/^```(?:ts|json|yaml)\b *(\S*)\n(.*?)^```$/gms)].flatMap(
    ([, named = '', text = '']) => {
      const file = named || /^(?:\/\/|#) (\S+\.\w+)\n/.exec(text)?.[1];
      return file === undefined ? [] : [{ file, text }];
    },
  );
}

/** A fragment says with `// …` that something was left out. */
const isDefinition = ({ file, text }: Block) => /^cdkpipe\.config\.\w+$/.test(file) && !/^ *\/\/ …/m.test(text);

/** The README shortens an ARN that nobody could use anyway. */
const complete = (text: string) =>
  text.replace("'arn:aws:codeconnections:…'", "'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d'");

/** A project with the files given, the packages of this repository, and an assembly in `dist/beta` and in `cdk.out.app`. */
function makeProject(files: readonly Block[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-docs-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  for (const { file, text } of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  const cdk = createRequire(import.meta.url)('aws-cdk-lib') as typeof import('aws-cdk-lib');
  const app = new cdk.App({
    outdir: join(directory, 'dist/beta'),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const api = new cdk.Stack(app, 'Api', { env: { account: '222222222222', region: 'eu-west-1' } });
  new cdk.CfnOutput(api, 'Url', { value: 'https://example.com' });
  app.synth();
  cpSync(join(directory, 'dist/beta'), join(directory, 'cdk.out.app'), { recursive: true });
  return directory;
}

/** The files that the definitions of a page import, those of the guide among them. */
const supportOf = (page: string) =>
  ['docs/guide.md', page].flatMap(blocksOf).filter(({ file }) => !file.startsWith('cdkpipe.config.'));

async function gatesOf({ file, text }: Block, page = 'docs/guide.md'): Promise<readonly string[]> {
  const cwd = makeProject([...supportOf(page), { file, text: complete(text) }]);
  const report = await synthesize({ cwd, configPath: file, builtIns: [codePipeline], validate: false });
  return report.gates;
}

describe('definitions', () => {
  const definitions = pages.flatMap((page) =>
    blocksOf(page)
      .filter(isDefinition)
      .map((block, index) => ({ page, block, title: `${page}, definition ${index + 1}: ${block.file}` })),
  );

  test.each(definitions)('$title synthesises', async ({ block, page }) => {
    expect(await gatesOf(block, page)).toBeInstanceOf(Array);
  });

  test('that of the README has the gates of the drawing below it', async () => {
    const [definition] = blocksOf('README.md').filter(isDefinition);
    const gates = definition ? await gatesOf(definition) : [];
    expect(gates).toEqual(['Beta/Smoke', 'ProdEu/ReviewChanges', 'ProdEu/Smoke', 'ProdEu/Done']);
  });

  test('the first of the guide has the gates of the plan that the guide shows', async () => {
    const [definition] = blocksOf('docs/guide.md').filter(isDefinition);
    const shown = firstGroups(read('docs/guide.md'), /◆ (?:review|approve) +(\S+)/g);
    const declared = shown.map((id) => id.replace(/(\/[^/:]+):\w+$/, '$1'));
    expect(definition && (await gatesOf(definition)).toSorted()).toEqual([...new Set(declared)].toSorted());
  });
});

test('the page on hooks has a row and a section for each', () => {
  const page = read('docs/hooks.md');
  expect(firstGroups(page, /^\| `(\w+)`/gm)).toEqual(hookNames);
  expect(firstGroups(page, /^## (\w+)$/gm)).toEqual(hookNames);
});

describe('the page on moving', () => {
  const library = dirname(createRequire(import.meta.url).resolve('aws-cdk-lib/package.json'));
  const pipelines = readdirSync(join(library, 'pipelines/lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts') && !/private|helpers-internal/.test(file))
    .map((file) => join('pipelines/lib', file));
  const types = [...pipelines, 'core/lib/stage.d.ts']
    .map((file) => readFileSync(join(library, file), 'utf8'))
    .join('\n')
    .replaceAll(/\/\*.*?\*\//gs, '');
  const interfaces = new Map(
    [...types.matchAll(/^export (?:declare )?interface (\w+)[^{]*\{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => [
      name,
      firstGroups(body, /^ {4}readonly (\w+)\??:/gm),
    ]),
  );
  const tables = read('docs/moving.md')
    .split(/^### /m)
    .slice(1)
    .flatMap((section) => {
      const [, name] = /^`(\w+)`$/m.exec(section) ?? [];
      const cells = firstGroups(section, /^\| (`.*?) +\|/gm).join(' ');
      return name === undefined ? [] : [[name, firstGroups(cells, /`(\w+)`/g)] as const];
    });

  test.each(tables)('has a row for each property of %s', (name, rows) => {
    expect(rows.toSorted()).toEqual(interfaces.get(name)?.toSorted());
  });

  test('has a table for each interface that an author of CDK Pipelines fills in', () => {
    const filledIn = [...interfaces.keys()].filter((name) => /(?:Props|Options|Opts)$/.test(name));
    const elsewhere = [
      'EcrDockerCredentialOptions',
      'ExternalDockerCredentialOptions',
      'PipelineBaseProps',
      'ProduceActionOptions',
      'StackDeploymentProps',
      'StageSynthesisOptions',
      'WaveProps',
    ];
    expect(tables.map(([name]) => name).toSorted()).toEqual(
      filledIn.filter((name) => !elsewhere.includes(name)).toSorted(),
    );
  });
});

describe('error codes', () => {
  const headings = firstGroups(read('docs/errors.md'), /^### (\S+)$/gm);

  test('every code of the sources has a heading, and every heading a code', () => {
    expect(headings.toSorted()).toEqual(codesOfSources());
  });

  test('a message links to the heading of its code', () => {
    for (const code of headings)
      expect(docsOf({ code, message: '' })).toMatch(new RegExp(`/docs/errors\\.md#${slug(code)}$`));
  });

  test('the catalogue that ships with the command has all of each: meaning, example and fix', () => {
    const catalogue = parseErrors(read('docs/errors.md'));
    expect(Object.keys(catalogue)).toEqual(headings);
    for (const [code, { group, meaning, example, fix }] of Object.entries(catalogue)) {
      expect([group, example, ...meaning, ...fix].join('\n'), code).not.toMatch(/^\s*$|\]\(|^#/m);
      expect(Math.min(meaning.length, fix.length), code).toBeGreaterThan(0);
    }
  });

  test('every code is explained: what it means, an example, what to do', () => {
    const sections = read('docs/errors.md').split(/^### /m).slice(1);
    const thin = sections.filter((section) => !/^\S+\n\n[^>#\n].*\n\n> .*\n\n[^>#\n]/s.test(section));
    expect(thin.map((section) => section.split('\n')[0])).toEqual([]);
  });
});

/** Literals in the catalogues are codes; elsewhere, what stands behind `code:`. */
function codesOfSources(): string[] {
  // What is not published cannot be met by anybody yet.
  const packages = readdirSync(join(root, 'packages')).filter(
    (name) => JSON.parse(read(`packages/${name}/package.json`)).private !== true,
  );
  const files = packages.flatMap((name) => sourcesIn(join(root, 'packages', name, 'src')));
  const all = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const codes = files.flatMap((file) => {
    const isCatalogue = /errors\/catalogue\/|\/problems\/|\/problems\.ts$/.test(file);
    const literal = isCatalogue ? /(?<!path: )'([A-Z]+(?:_[A-Z]+)*)'/g : /\bcode: '([A-Z_]+)'/g;
    return firstGroups(readFileSync(file, 'utf8'), literal);
  });
  // The one code that is put together: the callers tell whose name it is.
  expect(new Set(firstGroups(all, /\bcode: `([^`]+)`/g))).toEqual(new Set(['${what.toUpperCase()}_NAME_TAKEN']));
  const named = firstGroups(all, /(?:claimName|nameTaken)\((?:\w+|`[^`]+`), '(\w+)'/g);
  return [...new Set([...codes, ...named.map((what) => `${what.toUpperCase()}_NAME_TAKEN`)])].toSorted();
}

function firstGroups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}

function sourcesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    .map((file) => join(directory, file));
}

describe('links', () => {
  const links = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(#[^)\s]+)?\)/g)].map(([, path = '', anchor = '']) => ({
      page,
      path,
      anchor,
    })),
  );

  test.each(links)('$page: $path$anchor leads somewhere', ({ page, path, anchor }) => {
    const target = path === '' ? join(root, page) : resolve(root, dirname(page), path);
    expect(existsSync(target)).toBe(true);
    if (anchor === '') return;
    const anchors = [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].map(
      ([, heading = '']) => `#${slug(heading)}`,
    );
    expect(anchors).toContain(anchor);
  });
});

/** How GitHub makes an anchor of a heading. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

describe.each([
  ['docs/compared.md', 30, /^\| (?!feature|-).*/gm],
  ['docs/threats.md', 25, /^\| (?!attack|-).*/gm],
])('%s', (page, least, row) => {
  /** Links whose title is the name of a test. */
  const shown = [...read(page).matchAll(/\]\(\.\.\/(\S+\.test\.ts) (['"])(.+?)\2\)/g)].map(
    ([, file = '', , name = '']) => ({ file, name }),
  );

  test('each row says which test shows it', () => {
    const rows = read(page).match(row) ?? [];
    expect(rows.length).toBeGreaterThan(least);
    expect(rows.filter((row) => !/\.test\.ts ['"]/.test(row))).toEqual([]);
    expect(shown.length).toBeGreaterThanOrEqual(rows.length);
  });

  test.each(shown)('$file has the test "$name"', ({ file, name }) => {
    const text = readFileSync(join(root, file), 'utf8');
    // The last two are a row of a table of tests.
    const titles = [`('${name}'`, `("${name}"`, `['${name}',`, `["${name}",`];
    expect(titles.some((title) => text.replace(/([([])\s+/g, '$1').includes(title))).toBe(true);
  });
});
