/** What a job leaves for people and for other jobs. */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { type Prepared, sayChanges } from '@cdkpipe/deployer-cloudformation';
import { required, type Surroundings } from './surroundings.ts';

/** Values of any text (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings). */
export function writeOutputs(surroundings: Surroundings, outputs: Readonly<Record<string, string>>): void {
  const file = required(surroundings, 'GITHUB_OUTPUT');
  for (const [name, value] of Object.entries(outputs)) {
    const mark = `cdkpipe_${randomUUID()}`;
    appendFileSync(file, `${name}<<${mark}\n${value}\n${mark}\n`);
  }
}

/** GitHub shows up to 1 MiB of a step (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits). */
const longestSummary = 1_000_000;

export function writeSummary(surroundings: Surroundings, markdown: string): void {
  const file = surroundings.env.GITHUB_STEP_SUMMARY;
  if (file === undefined) return;
  const text =
    markdown.length > longestSummary
      ? `${markdown.slice(0, longestSummary)}\n\n… cut off; the log has the rest\n`
      : markdown;
  appendFileSync(file, text);
}

export interface PreparedStack {
  readonly stack: string;
  readonly prepared: Prepared;
}

/** The change report where the reviewer decides: everything that would happen, and the digest that is executed. */
export function changeReport(deployment: string, stacks: readonly PreparedStack[], digest: string): string {
  return [
    `## Changes of ${text(deployment)}`,
    '',
    ...stacks.flatMap(({ stack, prepared: { changes } }) => [
      `### ${text(stack)}: ${sayChanges(changes)}${changes.isNew ? ' (a new stack)' : ''}`,
      '',
      ...changes.findings.map((finding) => `- **${finding.concern}**: ${text(finding.text)}`),
      ...(changes.lateValues ?? []).map((value) => `- ${text(value)}`),
      ...(changes.findings.length + (changes.lateValues ?? []).length > 0 ? [''] : []),
      ...tableOf(changes),
    ]),
    `Digest of what is executed: \`${digest}\``,
    '',
  ].join('\n');
}

function tableOf({ resources, others }: Prepared['changes']): string[] {
  const rows = [
    ...resources.map(({ action, logicalId, resourceType, properties }) => [
      action,
      logicalId,
      resourceType,
      properties.join(', '),
    ]),
    ...others.map((other) => ['change', other, '', '']),
  ];
  if (rows.length === 0) return [];
  const lines = rows.map((cells) => `| ${cells.map(text).join(' | ')} |`);
  return ['| | resource | type | properties |', '|---|---|---|---|', ...lines, ''];
}

/** Names of others are shown as they are: no markup, no links, no line breaks. */
function text(value: string): string {
  return value
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[&<>|`*_[\]()!#~\\]/g, (character) => `&#${character.charCodeAt(0)};`);
}
