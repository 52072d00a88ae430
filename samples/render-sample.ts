/** Renders one sample to the texts that are kept beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import local from '@cdkpipe/backend-local';
import { type PlanReport, planProject, synthesize } from '@cdkpipe/core/host';
import { stringify } from 'yaml';
import { outlinePlan } from '../packages/cli/src/outline/outline-plan.ts';
import { forTerminal } from '../packages/cli/src/terminal/print.ts';
import { unpainted } from '../packages/cli/src/views/paint.ts';
import { planTree } from '../packages/cli/src/views/plan-tree.ts';
import { warningsView } from '../packages/cli/src/views/problems.ts';

const builtIns = [codePipeline, local];

/** @param output directory for the cloud assembly, which is thrown away */
export async function renderSample(cwd: string, output: string): Promise<Record<string, string>> {
  // Each sample is a source of its own, not a directory of this repository.
  process.env.CODEBUILD_SRC_DIR = cwd;
  const rendered = await synthesize({ cwd, output, builtIns, validate: false });
  const planned = await planProject({ cwd, builtIns, backend: 'local' });
  return {
    'plan.txt': planText(rendered, cwd),
    'codepipeline.yaml': stacksText(output),
    'local.txt': planText(planned, cwd),
  };
}

/** What `cdkpipe plan` prints on a terminal of 100 columns. */
function planText({ plan, layout, warnings }: PlanReport, cwd: string): string {
  const tree = forTerminal(planTree(outlinePlan(plan, layout), 100, unpainted));
  return `${forTerminal(warningsView(warnings, unpainted))}${tree}`.replaceAll(`${cwd}/`, '');
}

/** The stacks of the pipeline itself, those it deploys left out: their templates lie in directories of their own. */
function stacksText(assembly: string): string {
  const templates = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  const texts = templates.toSorted().map((file) => {
    const template: unknown = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
    const text = stringify(template, openJson, { lineWidth: 0, aliasDuplicateObjects: false });
    return `# ${basename(file, '.template.json')}\n${text}`;
  });
  return nameHashes(texts.join('---\n'));
}

/** A text that is JSON, such as a buildspec, is shown as what it holds. */
function openJson(_key: unknown, value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return { '(JSON)': JSON.parse(value) };
  } catch {
    return value;
  }
}

/** Hashes of content that holds built code change with it; what matters is which of them are the same. */
function nameHashes(text: string): string {
  const names = new Map<string, string>();
  return text.replaceAll(/\b[0-9a-f]{64}\b/g, (hash) => {
    const name = names.get(hash) ?? `<hash ${names.size + 1}>`;
    names.set(hash, name);
    return name;
  });
}
