/** Holds docs/authors.md and the reference of the contract to the code; CDKPIPE_WRITE_DOCS=1 writes them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { backendChecks } from './backend-checks/backend-checks.ts';
import { checks } from './checks/checks.ts';
import { unformatted } from './renew-readme.ts';

const root = resolve(import.meta.dirname, '../../..');
const isWriting = process.env.CDKPIPE_WRITE_DOCS === '1';

test('docs/authors.md lists every check: what holds, why, and what to do', () => {
  const rows = checks.map(
    ({ id, severity, title, why, fix }) => `| ${[id, severity, title, why, fix].map(cell).join(' | ')} |`,
  );
  const table = ['| id | severity | what holds | why | what to do |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
  const file = join(root, 'docs/authors.md');
  const text = readFileSync(file, 'utf8');
  const renewed = text.replace(
    /<!-- checks -->.*<!-- \/checks -->/s,
    () => `<!-- checks -->\n\n${table}\n\n<!-- /checks -->`,
  );
  if (isWriting) writeFileSync(file, renewed);
  else expect(unformatted(text)).toBe(unformatted(renewed));
});

test('docs/authors.md lists every check of a backend', () => {
  const rows = backendChecks.map(({ id, title, why, fix }) => `| ${[id, title, why, fix].map(cell).join(' | ')} |`);
  const table = ['| id | what holds | why | what to do |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const file = join(root, 'docs/authors.md');
  const text = readFileSync(file, 'utf8');
  const renewed = text.replace(
    /<!-- backend checks -->.*<!-- \/backend checks -->/s,
    () => `<!-- backend checks -->\n\n${table}\n\n<!-- /backend checks -->`,
  );
  if (isWriting) writeFileSync(file, renewed);
  else expect(unformatted(text)).toBe(unformatted(renewed));
});

interface Reference {
  readonly texts: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
  readonly withoutExample: readonly string[];
}

describe('docs/reference', () => {
  let reference: Reference;
  beforeAll(() => {
    const script = join(root, 'build/write-contract.mjs');
    if (isWriting) execFileSync(process.execPath, [script]);
    const printed = execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8', maxBuffer: 20_000_000 });
    reference = JSON.parse(printed);
  });

  test('is what the types say, with values that taps are given', () => {
    const pages = Object.keys(reference.texts);
    expect(pages.toSorted()).toEqual(readdirSync(join(root, 'docs/reference')).toSorted());
    for (const page of pages)
      expect(unformatted(readFileSync(join(root, 'docs/reference', page), 'utf8')), page).toBe(
        unformatted(reference.texts[page] ?? ''),
      );
  });

  test('has a section for every type that another section names', () => {
    expect(reference.missing).toEqual([]);
  });

  test('has no two types with one anchor on a page', () => {
    for (const [page, text] of Object.entries(reference.texts)) {
      const anchors = [...text.matchAll(/^### ([A-Z]\w+)$/gm)].map(([, name = '']) => name.toLowerCase());
      expect(anchors.length, page).toBeGreaterThan(3);
      expect(new Set(anchors).size, page).toBe(anchors.length);
    }
  });

  test('shows a value of whatever is data in definition, pipeline, assembly and plan', () => {
    const data = reference.withoutExample.filter((name) => !name.startsWith('contract.md: '));
    expect(data).toEqual(rare);
  });

  test('shows how what hooks, rules and renderers are given and give is used', () => {
    const shown = ['Plugin', 'Kind', 'Renderer', 'Rule', 'HookTap', 'Problem', 'EmitEvent', 'RunStartEvent'];
    const backends = ['Rendered', 'CodePipelineContext', 'ActionDeclaration', 'LocalContext', 'LocalTask', 'TaskTools'];
    for (const name of [...shown, ...backends]) {
      expect(reference.texts['contract.md']).toContain(`\n### ${name}\n`);
      expect(reference.withoutExample).not.toContain(`contract.md: ${name}`);
    }
  });
});

/** Of these, a pipeline holds few, or their values are functions; their members are told. */
const rare = [
  'assembly.md: TakenValue',
  'definition.md: BackendOptions',
  'definition.md: Definition',
  'definition.md: RehearsalDefinition',
  'definition.md: StageClass',
  'definition.md: WaveOptions',
  'pipeline.md: BuildPhase',
  'pipeline.md: ExportedReference',
  'pipeline.md: PlacedValue',
  'pipeline.md: PullRequestFilter',
  'pipeline.md: Rehearsal',
  'plan.md: LaidAddition',
  'plan.md: LaidStage',
  'plan.md: Layout',
];

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
