/** What change sets would do, as an approver reads it: data at risk first, then resource by resource, then IAM. */
import type { ReviewedStack } from '@cdkpipe/backend-local/engine';
import { counted } from '../outline/counted.ts';
import {
  findingsBesideTable,
  gravestFirst,
  type ReviewedResource,
  signs,
  totalsOf,
} from '../outline/reviewed-changes.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';
import { wrapWords } from './wrap-words.ts';

export interface ChangeListSheet {
  /** Columns of the screen. */
  readonly width: number;
  /** How many resources and how many statements are listed; without it, all are. */
  readonly most?: number;
  /** What shows the rest, such as `press d`. */
  readonly rest?: string;
  readonly paint: Paint;
}

const colors = { add: 'green', modify: 'yellow', replace: 'red', remove: 'red' } as const;

export function changeListLines(changes: readonly ReviewedStack[], sheet: ChangeListSheet): string[] {
  const notes = changes.flatMap(({ lateValues = [] }) => lateValues).flatMap((text) => bullet('i', text, sheet));
  return [...riskLines(changes, sheet), ...resourceLines(changes, sheet), ...statementLines(changes, sheet), ...notes];
}

function riskLines(changes: readonly ReviewedStack[], sheet: ChangeListSheet): string[] {
  const { stateful, permissions } = findingsBesideTable(changes);
  return [...section('Data at risk', stateful, sheet), ...section('Permissions broaden', permissions, sheet)];
}

function section(title: string, findings: ReviewedStack['findings'], sheet: ChangeListSheet): string[] {
  if (findings.length === 0) return [];
  return [
    sheet.paint('red', title),
    ...findings.flatMap(({ stack, text }) => bullet(sheet.paint('red', '!'), `${stack}: ${text}`, sheet)),
  ];
}

function bullet(sign: string, text: string, { width }: ChangeListSheet): string[] {
  return wrapWords(text, width - 4).map((line, index) => (index === 0 ? `  ${sign} ${line}` : `    ${line}`));
}

function resourceLines(changes: readonly ReviewedStack[], sheet: ChangeListSheet): string[] {
  const shown = gravestOf(changes, sheet.most);
  return changes.flatMap(({ stack, resources, others, isNew }) => {
    const listed = gravestFirst(resources).filter((resource) => shown.has(resource));
    const rest = resources.length - listed.length;
    return [
      `${sheet.paint('bold', stack)}${isNew ? ' (new stack)' : ''}  ${totalsOf(resources)}`,
      ...listed.flatMap((resource) => resourceLine(resource, sheet)),
      ...(rest === 0 ? [] : [`  … ${rest} more${suffix(sheet)}`]),
      ...(others.length === 0 ? [] : bullet(' ', `outside of the resources: ${others.join(', ')}`, sheet)),
    ];
  });
}

/** So that a list that is cut shows what matters most, in whichever stack it is. */
function gravestOf(changes: readonly ReviewedStack[], most = Number.POSITIVE_INFINITY): ReadonlySet<ReviewedResource> {
  return new Set(gravestFirst(changes.flatMap(({ resources }) => resources)).slice(0, most));
}

/** `~ Table  AWS::DynamoDB::Table  BillingMode, Tags` */
function resourceLine(
  { action, logicalId, resourceType, properties }: ReviewedResource,
  sheet: ChangeListSheet,
): string[] {
  const { paint } = sheet;
  const what = [
    ...(action === 'replace' ? ['will be replaced'] : []),
    ...(properties.length === 0 ? [] : [properties.join(', ')]),
  ].join(': ');
  const text = `${logicalId}  ${resourceType}${what === '' ? '' : `  ${what}`}`;
  return bullet(paint(colors[action], signs[action]), text, sheet);
}

function statementLines(changes: readonly ReviewedStack[], sheet: ChangeListSheet): string[] {
  const { most = Number.POSITIVE_INFINITY, width, paint } = sheet;
  const all = changes.flatMap(({ stack, permissions = [] }) => permissions.map((row) => ({ stack, ...row })));
  if (all.length === 0) return [];
  const shown = all.slice(0, most);
  const rows = shown.map(({ change, effect, principal, actions, resource, condition }) => ({
    cells: [change === 'added' ? '+' : '-', effect, principal, actions.join(' '), resource],
    ...(condition === undefined ? {} : { below: `if ${JSON.stringify(condition)}` }),
  }));
  const rest = all.length - shown.length;
  return [
    `${paint('bold', 'IAM')}  ${counted(all.length, 'statement')} added or removed`,
    ...textTable(['', 'Effect', 'Principal', 'Actions', 'Resource'], rows, width - 2, paint).map((line) => `  ${line}`),
    ...(rest === 0 ? [] : [`  … ${rest} more${suffix(sheet)}`]),
  ];
}

const suffix = ({ rest }: ChangeListSheet) => (rest === undefined ? '' : `: ${rest}`);
