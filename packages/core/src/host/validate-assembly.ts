/** Runs CloudFormation's validator over everything that is emitted, beside the rest of the work. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCdkLibrary } from '../cdk/cdk-library.ts';
import type { Assembly } from '../contracts/assembly.ts';
import type { Inspection } from '../contracts/backend.ts';
import { templateInvalid } from '../errors/catalogue/validation.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { Environment } from '../model/environment.ts';
import { isTemplate, listFiles } from '../output/list-files.ts';
import {
  startTemplateValidator,
  type TemplateFinding,
  type TemplateToCheck,
  type TemplateValidator,
} from '../validation/template-validator.ts';
import type { SynthRequest } from './request.ts';
import { likelyProjectDirectory } from './start-early.ts';

export interface ValidationResult {
  readonly warnings: readonly Problem[];
  readonly summary: string;
}

/** The validator of one `synth`: stacks are handed over as soon as they are written, the rest at the end. */
export interface Validation extends AsyncDisposable {
  submitStacks(directory: string, assembly: Assembly): void;
  /**
   * @param env account and region of templates that belong to no deployment
   * @throws CdkpipeError (`source: 'user'`) with every error that the validator found
   */
  finish(directory: string, inspection: Inspection, env: Environment): Promise<ValidationResult>;
}

/** Starts the validator at once, so that it is ready when the first template is. */
export function startValidation(request: SynthRequest): Validation {
  const projectDirectory = likelyProjectDirectory(request);
  const cdk = findCdkLibrary(projectDirectory);
  // Without a CDK there will be no templates; assemble says so in its own words.
  if (request.validate === false || 'code' in cdk) return skippedValidation;
  const { cacheDir } = request;
  const options = { cdkRoot: cdk.root, projectKey: projectDirectory, ...(cacheDir === undefined ? {} : { cacheDir }) };
  return runningValidation(startTemplateValidator(options));
}

const skippedValidation: Validation = {
  submitStacks: () => {},
  finish: async () => ({ warnings: [], summary: 'switched off' }),
  [Symbol.asyncDispose]: async () => {},
};

function runningValidation(validator: TemplateValidator): Validation {
  const submitted = new Set<string>();
  const running: Promise<readonly TemplateFinding[]>[] = [];
  const submit = (templates: readonly TemplateToCheck[]) => {
    const findings = validator.check(templates);
    // What fails is told by `finish`; until then nobody listens.
    findings.catch(() => {});
    running.push(findings);
  };
  return {
    submitStacks(directory, assembly) {
      const stacks = assembly.deployments.flatMap((deployment) =>
        deployment.stacks.map((stack) => ({ ...stack, deployment: deployment.name })),
      );
      for (const { templateFile } of stacks) submitted.add(templateFile);
      submit(
        stacks.map(({ templateFile: name, env, acknowledgedRules: acknowledged, deployment }) => {
          // Not awaited: drawing does not pause, and the thread would get nothing to do until it has ended.
          const text = readFileSync(join(directory, name), 'utf8');
          return { ...env, name, text, acknowledged, deployment };
        }),
      );
    },
    async finish(directory, inspection, env) {
      const files = (await listFiles(directory)).filter((file) => isTemplate(file) && !submitted.has(file));
      for (const file of files) {
        const slices = inspection.slices
          .get(file)
          ?.map(({ name, template }) => ({ name, text: JSON.stringify(template) }));
        const whole = async () => [{ name: file, text: await readFile(join(directory, file), 'utf8') }];
        submit((slices ?? (await whole())).map((template) => ({ ...template, ...env })));
      }
      const findings = (await Promise.all(running)).flat();
      refuseIfAny(findings.filter(({ severity }) => severity === 'error').map(templateInvalid));
      const warnings = findings.filter(({ severity }) => severity === 'warning').map(templateInvalid);
      return { warnings, summary: `templates: ${submitted.size + files.length}` };
    },
    [Symbol.asyncDispose]: () => validator.close(),
  };
}
