import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { templateInvalid } from '../errors/catalogue/validation.ts';
import { makeCdk, makeDirectory } from './cdk.test.fixture.ts';
import { startTemplateValidator, type TemplateValidator, type TemplateValidatorOptions } from './template-validator.ts';

const templates = [
  { name: 'a.json', text: '{"a":1}' },
  { name: 'b.json', text: '{"bc":2}' },
];

describe('a validator that fails', () => {
  const started: TemplateValidator[] = [];
  afterEach(() => Promise.all(started.splice(0).map((validator) => validator.close())));

  const start = (options: TemplateValidatorOptions) => {
    const validator = startTemplateValidator(options);
    started.push(validator);
    return validator;
  };
  const failure = (reason: RegExp) =>
    expect.objectContaining({ source: 'cdkpipe', code: 'VALIDATOR_FAILED', message: expect.stringMatching(reason) });

  it.each([
    ['cannot be loaded', { onLoad: 'throw new Error("no memory left")' }, /failed: no memory left/],
    ['ends its thread', { check: 'process.exit(3)' }, /failed: its thread ended while templates were waiting/],
    [
      'breaks on a template',
      { check: 'if (config && text.includes("bc")) throw new Error("unreachable")' },
      /on "b\.json": unreachable/,
    ],
    ['hangs on a template', { check: 'while (text.includes("bc"));' }, /on "b\.json": it gave no answer for 4 seconds/],
    ['hangs while it is loaded', { onLoad: 'for (;;);' }, /it gave no answer for 4 seconds/],
  ])('is no silent pass: one that %s', async (_, behaviour, reason) => {
    const { root } = makeCdk(behaviour);
    const validator = start({ cdkRoot: root, silenceLimit: 4000 });
    await expect(validator.check(templates)).rejects.toEqual(failure(reason));
    await expect(validator.check(templates)).rejects.toEqual(failure(reason));
  });

  it('is not taken for one that hangs while this thread is busy', async () => {
    const validator = start({ cdkRoot: makeCdk().root, silenceLimit: 2000 });
    const findings = validator.check(templates);
    await new Promise((resolve) => setImmediate(resolve));
    const end = performance.now() + 3000;
    while (performance.now() < end);
    expect(await findings).toEqual([]);
  });

  it('keeps no result of a round that failed', async () => {
    const cacheDir = makeDirectory();
    const broken = makeCdk({ check: 'throw new Error("broken")' });
    await expect(start({ cdkRoot: broken.root, cacheDir }).check(templates)).rejects.toThrow('broken');
    const sound = makeCdk();
    expect(await start({ cdkRoot: sound.root, cacheDir }).check(templates)).toEqual([]);
    expect(sound.log()).toEqual(['load', ...templates.map(({ text }) => text)]);
  });

  it('says once that nothing is validated where aws-cdk-lib ships no validator', async () => {
    const validator = start({ cdkRoot: makeDirectory() });
    const findings = await validator.check(templates);
    expect(findings).toMatchObject([{ severity: 'warning', rule: 'VALIDATION_SKIPPED' }]);
    expect(findings.map(templateInvalid)).toMatchObject([
      { code: 'VALIDATION_SKIPPED', message: expect.stringMatching(/^no template was validated: .*has no @aws/) },
    ]);
    expect(await validator.check(templates)).toEqual([]);
  });

  it('finds the validator where a package manager has unpacked the bundle', async () => {
    const cdk = makeCdk();
    const cdkRoot = join(cdk.root, 'node_modules', 'aws-cdk-lib');
    mkdirSync(cdkRoot);
    copyFileSync(join(cdk.root, 'package.json'), join(cdkRoot, 'package.json'));
    expect(await start({ cdkRoot }).check(templates)).toEqual([]);
    expect(cdk.log()).toHaveLength(3);
  });

  it('says so where the validator is one that it does not know', async () => {
    const { root } = makeCdk({ onLoad: 'module.exports = exports = Object.freeze({ validate() {} })' });
    expect(await start({ cdkRoot: root }).check(templates)).toMatchObject([
      { severity: 'warning', rule: 'VALIDATION_SKIPPED', message: expect.stringContaining('not a validator that') },
    ]);
  });

  it('leaves nothing behind when it is closed, be it idle, at work or never used', async () => {
    const before = process.getActiveResourcesInfo();
    const idle = start({ cdkRoot: makeCdk().root });
    await idle.check(templates);
    const busy = start({ cdkRoot: makeCdk({ check: 'for (;;);' }).root });
    const waiting = expect(busy.check(templates)).rejects.toEqual(failure(/its thread ended/));
    const unused = start({ cdkRoot: makeCdk().root, cacheDir: makeDirectory() });
    await Promise.all([idle.close(), busy.close(), unused.close(), waiting]);
    await new Promise((resolve) => setImmediate(resolve));
    const added = process.getActiveResourcesInfo();
    for (const kind of before) if (added.includes(kind)) added.splice(added.indexOf(kind), 1);
    expect(added).toEqual([]);
    await expect(unused.check(templates)).rejects.toEqual(failure(/it was closed before it was asked/));
  });
});
