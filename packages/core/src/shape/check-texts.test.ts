import { describe, expect, it } from 'vitest';
import { checkTexts } from './check-texts.ts';

// Put together, so that no scanner of repositories takes them for real ones.
const letters = (count: number) => 'aB3'.repeat(count).slice(0, count);
const credentials: readonly [string, string][] = [
  ['an access key of AWS', `AK${'IA'}${'ABCDEFGHIJKLMNOP'}`],
  ['an access key of AWS', `key=AS${'IA'}${'ABCDEFGHIJ234567'};`],
  ['a token of GitHub', `gh${'p_'}${letters(36)}`],
  ['a token of GitHub', `gh${'o_'}${letters(36)}`],
  ['a token of GitHub', `gh${'s_'}${letters(40)}`],
  ['a token of GitHub', `github_${'pat_'}${letters(22)}_${letters(59)}`],
  ['a token of Slack', `xox${'b-'}123456789012-${letters(24)}`],
  ['a token of Slack', `https://hooks.slack.com/${'services'}/T0000/B0000/${letters(24)}`],
  ['a token of npm', `npm${'_'}${letters(36)}`],
  ['a private key', `-----BEGIN ${'RSA PRIVATE'} KEY-----`],
];

describe('a credential', () => {
  it.each(credentials)('%s is refused with its place, and never shown: %#', (what, text) => {
    const [found, ...more] = checkTexts({ waves: [{ steps: [{ options: { env: { TOKEN: text } } }] }] });
    expect(more).toEqual([]);
    expect(found?.problem).toMatchObject({
      code: 'CREDENTIAL_WRITTEN',
      path: 'waves[0].steps[0].options.env.TOKEN',
      message: expect.stringContaining(what),
    });
    expect(JSON.stringify(found?.problem)).not.toContain(text);
  });

  it('without a form of its own is known by the name of its variable', () => {
    const secret = letters(40);
    expect(checkTexts({ env: { AWS_SECRET_ACCESS_KEY: secret } })).toMatchObject([
      { problem: { code: 'CREDENTIAL_WRITTEN', path: 'env.AWS_SECRET_ACCESS_KEY' } },
    ]);
    expect(checkTexts({ env: { COMMIT: secret } })).toEqual([]);
  });

  it.each([
    `AK${'IA'}IOSFODNN7EXAMPLE`,
    'ghp_short',
    'https://github.com/acme/orders',
    'npm_config_registry',
    'xoxo-hugs',
    'akiaabcdefghijklmnop',
  ])('is not seen in %s', (text) => {
    expect(checkTexts({ env: { A: text } })).toEqual([]);
  });
});

it('NUL is refused with its place, wherever it is', () => {
  expect(checkTexts({ build: { commands: ['a', 'b\0c'] } })).toMatchObject([
    { problem: { code: 'TEXT_HAS_NUL', path: 'build.commands[1]' } },
  ]);
});

it('functions and objects of classes are not looked into', () => {
  expect(checkTexts({ stacks: () => 'x', other: new Map([['a', '\0']]) })).toEqual([]);
});
