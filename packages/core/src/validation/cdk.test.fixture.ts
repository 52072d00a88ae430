/** A stand-in for the user's aws-cdk-lib whose validator does as a test wants, and the real one. */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Directory of the real aws-cdk-lib. */
export const realCdk = dirname(createRequire(import.meta.url).resolve('aws-cdk-lib/package.json'));

/** An empty directory that lasts as long as the test. */
export function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-validation-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export interface StandInCdk {
  readonly root: string;
  /** What its validator has done so far: `load` for its engine, and each text that it checked. */
  log(): readonly string[];
}

interface Behaviour {
  readonly version?: string;
  /** JavaScript that runs when the module is loaded. */
  readonly onLoad?: string;
  /** JavaScript that may set `diagnostics` to what it thinks of `text` with `config`. */
  readonly check?: string;
}

export function makeCdk({ version = '1.0.0', onLoad = '', check = '' }: Behaviour = {}): StandInCdk {
  const root = makeDirectory();
  const validator = join(root, 'node_modules', '@aws', 'cloudformation-validate');
  const log = join(root, 'log');
  mkdirSync(validator, { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'aws-cdk-lib', version: '2.0.0' }));
  writeFileSync(join(validator, 'package.json'), JSON.stringify({ name: '@aws/cloudformation-validate', version }));
  writeFileSync(
    join(validator, 'index.js'),
    `const log = (text) => require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(text) + '\\n');
    ${onLoad};
    exports.TemplateContent = class { constructor(text) { this.text = text; } };
    exports.CompositeEngine = class {
      constructor() { log('load'); }
      validateTemplate({ text }, config) { log(text); let diagnostics = []; ${check}; return { status: 'OK', diagnostics, metadata: {} }; }
    };`,
  );
  appendFileSync(log, '');
  const lines = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : []);
  return { root, log: () => lines().map((line) => JSON.parse(line) as string) };
}
