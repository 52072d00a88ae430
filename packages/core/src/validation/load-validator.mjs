/** Loads the CloudFormation validator so that its engine starts in half of the time that it would take by itself. */
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

/**
 * @typedef {{ ruleId: string, severity: string, message: string, propertyPath?: string, suggestedFix?: string,
 *   entity?: { entityType: string, logicalId: string } }} Diagnostic
 * @typedef {{ status: string, diagnostics: Diagnostic[],
 *   metadata: { budgetExhaustions?: { description?: string, kind: string }[] } }} Report
 * @typedef {{ validateTemplate(template: object, config: object): Report }} Engine
 * @typedef {{ name: string, content: string }} Rule
 * @typedef {{ createEngine(regoRules: Rule[]): Engine, createTemplate(text: string): object }} Validator
 */

// The types of Node.js 20 do not declare it.
const { WebAssembly: webAssembly } =
  /** @type {{ WebAssembly: { Instance: new (...values: unknown[]) => { exports: Record<string, unknown> } } }} */ (
    /** @type {unknown} */ (globalThis)
  );

/** An engine takes this much while it loads. */
const roomInBytes = 192 * 1024 * 1024;

/**
 * @param {string} entry
 * @returns {Validator | undefined} undefined where the module is not the validator we know
 */
export function loadValidator(entry) {
  // Optimising the engine costs more than it saves in the seconds that it lives. An unknown flag would be complained of.
  if (Number.parseInt(process.versions.node, 10) <= 24) setFlagsFromString('--liftoff-only');
  const { Instance } = webAssembly;
  /** @type {InstanceType<typeof Instance> | undefined} */
  let instance;
  webAssembly.Instance = class extends Instance {
    constructor(/** @type {unknown[]} */ ...values) {
      super(...values);
      instance = this;
    }
  };
  try {
    const { CompositeEngine, TemplateContent } = createRequire(import.meta.url)(entry);
    if (typeof CompositeEngine !== 'function' || typeof TemplateContent !== 'function') return undefined;
    return {
      createEngine(regoRules) {
        reserveRoom(instance?.exports);
        return new CompositeEngine({ regoRules });
      },
      createTemplate: (text) => new TemplateContent(text),
    };
  } finally {
    webAssembly.Instance = Instance;
  }
}

/**
 * Lets the memory grow once: each of the hundreds of small steps that the engine would take costs a garbage collection.
 *
 * @param {Record<string, unknown> | undefined} exports
 */
function reserveRoom(exports) {
  const { __wbindgen_malloc: allocate, __wbindgen_free: free } = exports ?? {};
  if (typeof allocate === 'function' && typeof free === 'function') free(allocate(roomInBytes, 1), roomInBytes, 1);
}
