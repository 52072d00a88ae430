/**
 * Checks templates with the CloudFormation validator of the user's aws-cdk-lib: in a thread beside the rest of the
 * work, and only those that no earlier run has seen.
 */
import { validationSkippedRule, validatorFailed } from '../errors/catalogue/validation.ts';
import { internalFault } from '../errors/cdkpipe-error.ts';
import { findValidator } from './find-validator.ts';
import { openFindingCache } from './finding-cache.ts';
import { groupCopies } from './template-copies.ts';
import type { RuleFinding, TemplateFinding, TemplateToCheck } from './template-finding.ts';
import { startValidatorThread, type ValidatorThread } from './validator-thread.ts';

export type { TemplateFinding, TemplateToCheck } from './template-finding.ts';

export interface TemplateValidator extends AsyncDisposable {
  /**
   * What the validator says of the templates, in their order. Where there is no validator to ask, one warning of the
   * rule `VALIDATION_SKIPPED` says so, in the first answer.
   *
   * @throws CdkpipeError (`source: 'cdkpipe'`) when the validator breaks
   */
  check(templates: readonly TemplateToCheck[]): Promise<readonly TemplateFinding[]>;
  /** Stops the thread; may be called more than once. */
  close(): Promise<void>;
}

export interface TemplateValidatorOptions {
  /** Directory of the user's aws-cdk-lib. */
  readonly cdkRoot: string;
  /** Where findings are kept between runs; nowhere when absent. */
  readonly cacheDir?: string;
  /** Tells projects apart that share a cache, for example the project's directory. */
  readonly projectKey?: string;
  /** Milliseconds that the validator may take for one template, its start included; default two minutes. */
  readonly silenceLimit?: number;
}

/**
 * Loading the engine takes about a second, so the thread starts at once where the last runs had something to check, and
 * otherwise only when a template is new.
 */
export function startTemplateValidator(options: TemplateValidatorOptions): TemplateValidator {
  const { cdkRoot, cacheDir, projectKey = '', silenceLimit = 120_000 } = options;
  const files = findValidator(cdkRoot);
  if (typeof files === 'string') return absentValidator(files);

  const cache = openFindingCache(cacheDir, projectKey, files.identity);
  let thread: ValidatorThread | undefined;
  const start = () => {
    thread ??= startValidatorThread(files, silenceLimit);
    return thread;
  };
  if (cache.expectsMisses) start();
  let closed = false;
  const close = async () => {
    closed = true;
    await thread?.stop();
  };
  const skipOnce = skipping();

  return {
    async check(templates) {
      const groups = groupCopies(templates.filter((template) => cache.find(template) === undefined));
      if (groups.length > 0) {
        if (closed) throw internalFault(validatorFailed('it was closed before it was asked'));
        const answers = await start().check(groups.map(({ original }) => original));
        if (typeof answers === 'string') return skipOnce(answers);
        for (const [index, { original, copies }] of groups.entries()) {
          const findings = answers[index] ?? [];
          cache.keep(original, findings);
          for (const { template, translate } of copies) cache.keep(template, findings.map(translate));
        }
      }
      cache.save();
      return templates.flatMap((template) => reportOn(template, cache.find(template) ?? []));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function absentValidator(reason: string): TemplateValidator {
  const skipOnce = skipping();
  const close = async () => {};
  return { check: async () => skipOnce(reason), close, [Symbol.asyncDispose]: close };
}

/** Says once that nothing is checked, however often it is asked. */
function skipping(): (reason: string) => readonly TemplateFinding[] {
  let said = false;
  return (message) => {
    if (said) return [];
    said = true;
    return [{ template: '', severity: 'warning', rule: validationSkippedRule, message }];
  };
}

function reportOn(template: TemplateToCheck, findings: readonly RuleFinding[]): readonly TemplateFinding[] {
  if (findings.length === 0) return [];
  const isAcknowledged = ({ rule, resource }: RuleFinding) =>
    template.acknowledged?.some((known) => known.rule === rule && (known.resource ?? resource) === resource) ?? false;
  const constructOf = readConstructs(template.text);
  return findings
    .filter((finding) => !isAcknowledged(finding))
    .map((finding) => {
      const construct = constructOf(finding.resource);
      return { template: template.name, ...finding, ...(construct !== undefined && { construct }) };
    });
}

/** Paths of constructs by the logical IDs of their resources, as the CDK notes them in a template. */
function readConstructs(text: string): (resource: string | undefined) => string | undefined {
  interface Template {
    readonly Resources?: Readonly<Record<string, { readonly Metadata?: Readonly<Record<string, unknown>> }>>;
  }
  let template: Template | undefined;
  try {
    template = JSON.parse(text) as Template;
  } catch {
    // The validator has its own word for a template that is not JSON.
  }
  return (resource) => {
    const path = resource === undefined ? undefined : template?.Resources?.[resource]?.Metadata?.['aws:cdk:path'];
    return typeof path === 'string' ? path : undefined;
  };
}
