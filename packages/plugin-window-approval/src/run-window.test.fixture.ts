/** Runs the built function the way Lambda does: in a process of its own, with an SDK that writes calls down. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const sdk = `
class Command { constructor(input) { this.input = input; } }
exports.GetPipelineStateCommand = class GetPipelineState extends Command {};
exports.PutApprovalResultCommand = class PutApprovalResult extends Command {};
exports.CodePipelineClient = class {
  async send({ input, constructor: { name } }) {
    process.stdout.write(JSON.stringify({ [name]: input }) + '\\n');
    if (name === 'GetPipelineState') return JSON.parse(process.env.STATE);
    if (process.env.ANSWER) throw Object.assign(new Error('no'), { name: process.env.ANSWER });
  }
};`;

/** @param code of the function, from the template; @returns the calls it made, and whether it ended well */
export function runWindow(code: string, settings: unknown, state: unknown, answer = '') {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-window-'));
  const module = join(directory, 'node_modules/@aws-sdk/client-codepipeline/index.js');
  mkdirSync(dirname(module), { recursive: true });
  writeFileSync(module, sdk);
  writeFileSync(join(directory, 'index.js'), code);
  const driver = "require('./index.js').handler({}).catch(({ name }) => console.log(JSON.stringify({ thrown: name })))";
  try {
    const output = execFileSync(process.execPath, ['--eval', driver], {
      cwd: directory,
      encoding: 'utf8',
      env: { CDKPIPE_WINDOW: JSON.stringify(settings), STATE: JSON.stringify(state), ANSWER: answer },
    });
    return output
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
