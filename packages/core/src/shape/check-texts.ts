/** Recognises text that must not be in a definition: credentials, which would be emitted and committed, and what is no Unicode. */
import * as words from '../errors/catalogue/definition.ts';
import type { Opinion } from './opinions.ts';
import { formatPath } from './schema-problems.ts';

/**
 * AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes; the keys of its examples end with
 * EXAMPLE. GitHub: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/. Slack:
 * https://docs.slack.dev/authentication/tokens/, and those of browsers and triggers of workflows, whose address is all that
 * it takes to start one. npm: https://github.blog/2021-09-23-announcing-npms-new-access-token-format/.
 */
const credentials: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an access key of AWS', /(?<![A-Za-z0-9])(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}(?![A-Za-z0-9])/],
  ['a token of GitHub', /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{36})/],
  [
    'a token of Slack',
    /(?<![A-Za-z0-9])xox[abcdeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10}|(?<![A-Za-z0-9])xapp-\d-[A-Za-z0-9-]{10}|hooks\.slack\.com\/(?:services|workflows|triggers)\/[TE]/,
  ],
  ['a token of npm', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/],
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
];
/** A secret access key has 40 characters and no prefix, so the name tells what it is. */
const secretKeyName = /secret_?access_?key|aws_?secret_?key/i;
const secretKey = /^[A-Za-z0-9/+]{40}$/;

/** Each with its place, and without the text. */
export function checkTexts(value: unknown, at: readonly PropertyKey[] = []): Opinion[] {
  if (typeof value === 'string') return checkText(value, at);
  if (Array.isArray(value)) return value.flatMap((each, index) => checkTexts(each, [...at, index]));
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const [fault] = checkText(key, at).map((found) => ({ ...found, at: [...at, key] }));
    return fault === undefined ? checkTexts(each, [...at, key]) : [fault];
  });
}

function checkText(text: string, at: readonly PropertyKey[]): Opinion[] {
  // Of many thousand texts hardly one is wrong.
  const path = () => formatPath(at);
  const isSecretKey = secretKeyName.test(String(at.at(-1))) && secretKey.test(text) && !text.endsWith('EXAMPLEKEY');
  const [what] = isSecretKey
    ? ['a secret access key of AWS']
    : (credentials.find(([, pattern]) => pattern.test(text)) ?? []);
  if (what !== undefined) return [{ at, problem: words.credentialWritten(path(), what) }];
  // What is wrong with a name is said with what a name may be.
  if (at.at(-1) === 'name') return [];
  if (text.includes('\0')) return [{ at, problem: words.textHasNul(path()) }];
  return /\p{Surrogate}/u.test(text) ? [{ at, problem: words.textNotUnicode(path()) }] : [];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
