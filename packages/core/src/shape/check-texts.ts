/** Recognises text that must not be in a definition: credentials, which would be emitted and committed, and NUL. */
import * as words from '../errors/catalogue/definition.ts';
import type { Opinion } from './opinions.ts';
import { formatPath } from './schema-problems.ts';

/**
 * AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes; the keys of its examples end with
 * EXAMPLE. GitHub: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/. Slack:
 * https://docs.slack.dev/authentication/tokens/. npm: https://github.blog/2021-09-23-announcing-npms-new-access-token-format/.
 */
const credentials: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an access key of AWS', /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b/],
  ['a token of GitHub', /\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{36}/],
  [
    'a token of Slack',
    /\bxox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10}|\bxapp-\d-[A-Za-z0-9-]{10}|hooks\.slack\.com\/(?:services|workflows)\/T/,
  ],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}/],
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
];
/** A secret access key has 40 characters and no prefix, so the name tells what it is. */
const secretKeyName = /secret_?access_?key/i;
const secretKey = /^[A-Za-z0-9/+]{40}$/;

/** Each with its place, and without the text. */
export function checkTexts(value: unknown, at: readonly PropertyKey[] = []): Opinion[] {
  if (typeof value === 'string') return checkText(value, at);
  if (Array.isArray(value)) return value.flatMap((each, index) => checkTexts(each, [...at, index]));
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => checkTexts(each, [...at, key]));
}

function checkText(text: string, at: readonly PropertyKey[]): Opinion[] {
  const path = formatPath(at);
  const isSecretKey = secretKeyName.test(String(at.at(-1))) && secretKey.test(text) && !text.endsWith('EXAMPLEKEY');
  const [what] = isSecretKey
    ? ['a secret access key of AWS']
    : (credentials.find(([, pattern]) => pattern.test(text)) ?? []);
  if (what !== undefined) return [{ at, problem: words.credentialWritten(path, what) }];
  // What is wrong with a name is said with what a name may be.
  return text.includes('\0') && at.at(-1) !== 'name' ? [{ at, problem: words.textHasNul(path) }] : [];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
