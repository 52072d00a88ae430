/** Runs in a thread of its own: loads the CloudFormation validator of the user's aws-cdk-lib and checks templates. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * @import { RuleFinding } from './template-finding.ts'
 * @import { Answer, Job, ValidatorFiles } from './validator-protocol.ts'
 */

/**
 * @typedef {{ ruleId: string, severity: string, message: string, propertyPath?: string, suggestedFix?: string,
 *   entity?: { entityType: string, logicalId: string } }} Diagnostic
 * @typedef {{ status: string, diagnostics: Diagnostic[],
 *   metadata: { budgetExhaustions?: { description?: string, kind: string }[] } }} Report
 * @typedef {{ validateTemplate(template: object, config: object): Report }} Engine
 * @typedef {{ name: string, content: string, types: readonly string[] | null }} ExtraRule
 * @typedef {{ CompositeEngine: new (config: { regoRules: { name: string, content: string }[] }) => Engine,
 *   TemplateContent: new (text: string) => object }} Validator
 */

const files = /** @type {ValidatorFiles} */ (workerData);

/** The engine takes this much while it loads. */
const roomInBytes = 192 * 1024 * 1024;

/** What the CDK leaves out when it runs the validator: it does not fit generated templates. */
const exclude = {
  ids: ['W3005', 'W1020', 'I4010', 'W4011', 'W4012', 'W9002', 'W9013', 'W1103'],
  services: [{ ruleId: 'W3697', service: 'AWS::AutoScaling' }],
};

const validator = loadValidator();
if (!validator) {
  answer({ unfit: `"${files.entry}" is not a validator that cdkpipe knows` });
} else {
  const extraRules = readExtraRules();
  /** @type {Map<boolean, Engine>} */
  const engines = new Map();

  // The rules that the CDK adds cost a second engine half a second, so only a template with their types gets it.
  const engineFor = (/** @type {string} */ text) => {
    const extra = extraRules.some(({ types }) => types === null || types.some((type) => text.includes(`"${type}"`)));
    const regoRules = extra ? extraRules.map(({ name, content }) => ({ name, content })) : [];
    const engine = engines.get(extra) ?? new validator.CompositeEngine({ regoRules });
    engines.set(extra, engine);
    return engine;
  };

  engineFor('');
  parentPort?.on('message', (/** @type {readonly Job[]} */ jobs) => {
    jobs.forEach(({ text, account, region }, job) => {
      try {
        const pseudoParameterOverrides = { ...(account && { accountId: account }), ...(region && { region }) };
        const config = { detailLevel: 'STANDARD', severityLevel: 'WARN', exclude, pseudoParameterOverrides };
        const report = engineFor(text).validateTemplate(new validator.TemplateContent(text), config);
        answer({ job, findings: readReport(report) });
      } catch (error) {
        answer({ job, failure: error instanceof Error ? error.message : String(error) });
      }
    });
  });
}

function answer(/** @type {Answer} */ message) {
  parentPort?.postMessage(message);
}

/** @returns {Validator | undefined} */
function loadValidator() {
  // Optimising the engine costs more than it saves in the seconds that it lives. An unknown flag would be complained of.
  if (Number.parseInt(process.versions.node, 10) <= 24) setFlagsFromString('--liftoff-only');
  const { Instance } = WebAssembly;
  /** @type {WebAssembly.Instance | undefined} */
  let instance;
  WebAssembly.Instance = class extends Instance {
    constructor(/** @type {ConstructorParameters<typeof Instance>} */ ...values) {
      super(...values);
      instance = this;
    }
  };
  try {
    const loaded = createRequire(import.meta.url)(files.entry);
    if (typeof loaded?.CompositeEngine !== 'function' || typeof loaded.TemplateContent !== 'function') return undefined;
    reserveRoom(instance?.exports);
    return loaded;
  } finally {
    WebAssembly.Instance = Instance;
  }
}

/** Lets the memory grow once; each of the hundreds of small steps that it would take costs a garbage collection. */
function reserveRoom(/** @type {WebAssembly.Exports | undefined} */ exports) {
  const { __wbindgen_malloc: allocate, __wbindgen_free: free } = exports ?? {};
  if (typeof allocate === 'function' && typeof free === 'function') free(allocate(roomInBytes, 1), roomInBytes, 1);
}

/** @returns {ExtraRule[]} */
function readExtraRules() {
  try {
    const { rules } = JSON.parse(readFileSync(join(files.rules, 'index.generated.json'), 'utf8'));
    return rules.map((/** @type {{ file: string, types: string[] | null }} */ { file, types }) => ({
      name: file,
      content: readFileSync(join(files.rules, file), 'utf8'),
      types,
    }));
  } catch {
    return [];
  }
}

/** @returns {RuleFinding[]} */
function readReport(/** @type {Report} */ { status, diagnostics, metadata }) {
  const findings = diagnostics.map(readDiagnostic);
  if (status !== 'ANALYSIS_INCOMPLETE') return findings;
  const reasons = (metadata.budgetExhaustions ?? []).map(({ description, kind }) => description ?? kind).join('; ');
  return [...findings, { severity: 'warning', rule: status, message: `the validator gave up early: ${reasons}` }];
}

/** @returns {RuleFinding} */
function readDiagnostic(/** @type {Diagnostic} */ { ruleId, severity, message, entity, propertyPath, suggestedFix }) {
  return {
    severity: severity === 'FATAL' || severity === 'ERROR' ? 'error' : 'warning',
    rule: ruleId,
    message,
    ...(entity?.entityType === 'Resource' && { resource: entity.logicalId }),
    ...(propertyPath && { path: propertyPath }),
    ...(suggestedFix && { fix: suggestedFix }),
  };
}
