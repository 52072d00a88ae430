/** Runs in a thread of its own: checks templates with the CloudFormation validator of the user's aws-cdk-lib. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { loadValidator } from './load-validator.mjs';

/**
 * @import { Diagnostic, Engine, Report, Validator } from './load-validator.mjs'
 * @import { RuleFinding } from './template-finding.ts'
 * @import { Answer, Job, ValidatorFiles } from './validator-protocol.ts'
 */

/** @typedef {{ name: string, content: string, types: readonly string[] | null }} ExtraRule */

/** What the CDK leaves out when it runs the validator: it does not fit generated templates. */
const exclude = {
  ids: ['W3005', 'W1020', 'I4010', 'W4011', 'W4012', 'W9002', 'W9013', 'W1103'],
  services: [{ ruleId: 'W3697', service: 'AWS::AutoScaling' }],
};

const { entry, rules } = /** @type {ValidatorFiles} */ (workerData);
const validator = loadValidator(entry);
if (validator) serve(validator);
else answer({ unfit: `"${entry}" is not a validator that cdkpipe knows` });

/** @param {Validator} validator */
function serve({ createEngine, createTemplate }) {
  const extraRules = readExtraRules();
  /** @type {Map<boolean, Engine>} */
  const engines = new Map();

  // The rules that the CDK adds double the time to load, so only a template with one of their types gets them.
  const engineFor = (/** @type {string} */ text) => {
    const extra = extraRules.some(({ types }) => types === null || types.some((type) => text.includes(`"${type}"`)));
    const regoRules = extra ? extraRules.map(({ name, content }) => ({ name, content })) : [];
    const engine = engines.get(extra) ?? createEngine(regoRules);
    engines.set(extra, engine);
    return engine;
  };

  engineFor('');
  parentPort?.on('message', (/** @type {readonly Job[]} */ jobs) => {
    for (const [job, { text, account, region }] of jobs.entries()) {
      const pseudoParameterOverrides = { ...(account && { accountId: account }), ...(region && { region }) };
      const config = { detailLevel: 'STANDARD', severityLevel: 'WARN', exclude, pseudoParameterOverrides };
      try {
        answer({ job, findings: readReport(engineFor(text).validateTemplate(createTemplate(text), config)) });
      } catch (error) {
        answer({ job, failure: error instanceof Error ? error.message : String(error) });
      }
    }
  });
}

/** @param {Answer} message */
function answer(message) {
  parentPort?.postMessage(message);
}

/** @returns {ExtraRule[]} */
function readExtraRules() {
  try {
    const index = JSON.parse(readFileSync(join(rules, 'index.generated.json'), 'utf8'));
    return index.rules.map((/** @type {{ file: string, types: string[] | null }} */ { file, types }) => ({
      name: file,
      content: readFileSync(join(rules, file), 'utf8'),
      types,
    }));
  } catch {
    return [];
  }
}

/**
 * @param {Report} report
 * @returns {RuleFinding[]}
 */
function readReport({ status, diagnostics, metadata }) {
  const findings = diagnostics.map(readDiagnostic);
  if (status !== 'ANALYSIS_INCOMPLETE') return findings;
  const reasons = (metadata.budgetExhaustions ?? []).map(({ description, kind }) => description ?? kind).join('; ');
  return [...findings, { severity: 'warning', rule: status, message: `the validator gave up early: ${reasons}` }];
}

/**
 * @param {Diagnostic} diagnostic
 * @returns {RuleFinding}
 */
function readDiagnostic({ ruleId, severity, message, entity, propertyPath, suggestedFix }) {
  return {
    severity: severity === 'FATAL' || severity === 'ERROR' ? 'error' : 'warning',
    rule: ruleId,
    message,
    ...(entity?.entityType === 'Resource' && { resource: entity.logicalId }),
    ...(propertyPath && { path: propertyPath }),
    ...(suggestedFix && { fix: suggestedFix }),
  };
}
