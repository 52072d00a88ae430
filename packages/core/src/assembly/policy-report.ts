/** Reads what validation plugins of the CDK found, cdk-nag among them, from the report that the CDK wrote. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as words from '../errors/catalogue/policies.ts';
import type { Problem } from '../errors/problem.ts';

/**
 * Context of the app by which the CDK writes the report to a file, and neither prints it nor throws. The first key is for
 * releases that have `Validations`, the second for older ones.
 */
export const reportContext = {
  '@aws-cdk/core:failSynthOnValidationErrors': false,
  '@aws-cdk/core:validationReportJson': true,
};

export interface PolicyFindings {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Findings in the assembly in `directory`; the file of older releases is removed, as nobody asked for it. */
export function readPolicyReport(directory: string): PolicyFindings {
  const current = join(directory, 'validation-report.json');
  const old = join(directory, 'policy-validation-report.json');
  const file = [current, old].find((each) => existsSync(each));
  if (file === undefined) return { errors: [], warnings: [] };
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly pluginReports: readonly PluginReport[];
  };
  rmSync(old, { force: true });
  const found = pluginReports.flatMap(problemsOf);
  const of = (severity: 'error' | 'warning') =>
    found.filter((each) => each.severity === severity).map(({ problem }) => problem);
  return { errors: of('error'), warnings: of('warning') };
}

interface Outcome {
  readonly pluginName: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Releases that have `Validations` write `conclusion`, older ones a `summary`. */
interface PluginReport extends Partial<Outcome> {
  readonly conclusion?: 'success' | 'failure';
  readonly summary?: Outcome & { readonly status: 'success' | 'failure' };
  readonly violations: readonly Violation[];
}

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity?: string;
  readonly fix?: string;
  readonly suggestedFix?: string;
  readonly violatingConstructs: readonly {
    readonly constructPath?: string;
    readonly resourceLogicalId?: string;
    readonly cloudFormationResource?: { readonly logicalId: string };
  }[];
}

interface Found {
  readonly severity: 'error' | 'warning';
  readonly problem: Problem;
}

/** The name by which the CDK reports `Annotations`; those of an author's stacks are read from the stacks. */
const annotations = 'Construct Annotations';

function problemsOf(report: PluginReport): Found[] {
  const { pluginName: plugin = '', metadata } = report.summary ?? report;
  const hasFailed = (report.summary?.status ?? report.conclusion) === 'failure';
  if (hasFailed && report.violations.length === 0)
    return [{ severity: 'error', problem: words.policyPluginFailed(plugin, metadata?.error) }];
  return report.violations.flatMap((violation) => {
    const severity = hasFailed && !isMild(violation.severity) ? 'error' : 'warning';
    if (severity === 'warning' && plugin === annotations) return [];
    const { ruleName: rule, description, fix = violation.suggestedFix } = violation;
    return violation.violatingConstructs.map((each) => {
      const where = each.constructPath || each.cloudFormationResource?.logicalId || each.resourceLogicalId || '';
      const canAcknowledge = report.summary === undefined;
      return {
        severity,
        problem: words.policyViolated({ severity, plugin, rule, description, fix, where, canAcknowledge }),
      };
    });
  });
}

/** A plugin may fail its report although all that it found are warnings, as cdk-nag does. */
function isMild(severity: string | undefined): boolean {
  return ['warning', 'info'].includes(severity?.toLowerCase() ?? '');
}
