/** Takes credentials out of text that may quote an address, a header or a setting of npm. */
import type { Problem } from './problem.ts';

const hidden = '***';

/** Names that a value which opens something goes by, in a query and in `.npmrc`. */
const secretNames = [
  '_auth',
  '_authToken',
  '_password',
  'access_token',
  'api[_-]?key',
  'auth[_-]?token',
  'client_secret',
  'passw(?:or)?d',
  'private_token',
  'secret',
  'sig(?:nature)?',
  'token',
  'X-Amz-Credential',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
].join('|');

/** Nothing in them is tried for longer than a fixed number of characters per place, so that time grows with the text alone. */
const rules: readonly (readonly [RegExp, string])[] = [
  // `https://user:password@host`: all up to the last @ before the path, as URLs are read.
  [/:\/\/[^\s/?#\\"'<>`]*@/g, '://'],
  // The same of a proxy that is written without `http://`; a port tells it from `npm:name@1.0.0`.
  [/(?<![^\s"'=(])[^\s:@/"'=(]{1,100}:[^\s:@/"']{1,200}@(?=[\w.-]{1,253}:\d)/g, ''],
  [
    new RegExp(`([?&;:\\s"'](?:${secretNames})(?:["']\\s{0,2}[=:]|\\s{0,2}=)\\s{0,2})("[^"]*"|[^\\s&;#"'<>\`]+)`, 'gi'),
    `$1${hidden}`,
  ],
  [/\b(authorization["']?\s{0,2}[:=]\s{0,2}["']?(?:basic|bearer|digest|token)\s{1,2})[^\s"',]+/gi, `$1${hidden}`],
  [/\b(?:npm_|ghp_|gho_|ghs_|ghr_|github_pat_)\w{20,255}/g, hidden],
];

/**
 * The same text, with addresses as they would be without user and password, and with {@link hidden} in place of tokens.
 * Applied to every problem, to causes and to stack traces, as libraries quote the addresses that they were given.
 */
export function withoutCredentials(text: string): string {
  return rules.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** A problem whose every text is without credentials. */
export function clearedProblem(problem: Problem): Problem {
  const entries = Object.entries(problem).map(([key, text]) => [key, withoutCredentials(text)]);
  return Object.fromEntries(entries) as unknown as Problem;
}
