import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { securityReview, securityReviewKind } from './kind.ts';
import { securityReviewOptions } from './options.ts';

const topic = 'arn:aws:sns:eu-west-1:111111111111:security';

const accepted: [string, unknown][] = [
  ['no options', {}],
  ['permissions only', { stateful: false }],
  ['stateful resources only', { permissions: false }],
  ['what is the default anyway', { permissions: true, stateful: true }],
  ['a comment', { comment: 'See the runbook.' }],
  ['a topic', { topic }],
  ['e-mail addresses', { emails: ['a@example.com'] }],
  ['a time-out', { timeout: 60 }],
];

const refused: [string, unknown, string][] = [
  ['an unknown key', { permisions: true }, ''],
  ['a review of nothing', { permissions: false, stateful: false }, 'stateful'],
  ['perhaps', { permissions: 'perhaps' }, 'permissions'],
  ['an empty comment', { comment: '' }, 'comment'],
  ['a comment of 1,001 characters', { comment: 'x'.repeat(1_001) }, 'comment'],
  ['an output, which is not known yet', { comment: { $ref: 'output', stack: 'Api', name: 'Url' } }, 'comment'],
  ['a topic by name', { topic: 'security' }, 'topic'],
  ['a topic and addresses', { topic, emails: ['a@example.com'] }, 'emails'],
  ['an address twice', { emails: ['a@example.com', 'A@example.com'] }, 'emails'],
  ['a time-out that is too short', { timeout: 4 }, 'timeout'],
  ['a time-out that is too long', { timeout: 86_401 }, 'timeout'],
];

describe('the options of securityReview', () => {
  it.each(accepted)('accept %s', (_title, options) => {
    expect(securityReviewOptions.safeParse(options)).toEqual({ success: true, data: options });
  });

  it.each(refused)('refuse %s and say where', (_title, options, path) => {
    const result = securityReviewOptions.safeParse(options);
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it('hold for every example of the kind', () => {
    for (const { options } of securityReviewKind.examples ?? [])
      expect(securityReviewOptions.safeParse(options).success).toBe(true);
  });

  it('are plain data, so that a JSON file says the same as the helper', () => {
    expect(JSON.parse(JSON.stringify(securityReview('Security', { stateful: false })))).toEqual({
      kind: 'securityReview',
      name: 'Security',
      options: { stateful: false },
    });
  });

  it('are described one by one, in the schema and in the README', () => {
    const { properties = {} } = z.toJSONSchema(securityReviewOptions, { io: 'input' });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [name, schema] of Object.entries(properties)) {
      expect(schema, name).toHaveProperty('description');
      expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
    }
    expect(readme.match(/^\| `/gm)).toHaveLength(Object.keys(properties).length);
  });
});

describe('securityReview on a backend that cannot draw it', () => {
  const pipelineEnv = { account: '111111111111', region: 'eu-west-1' };
  const context = { name: 'Security', position: 'change', backend: 'other', pipelineEnv } as const;

  it('asks a person always, and loses nothing of who is told and how long', () => {
    const options = { stateful: false, comment: 'Look.', emails: ['a@example.com'], timeout: 60 };
    expect(securityReviewKind.lower?.(options, context)).toEqual({
      kind: 'manual',
      name: 'Decide',
      options: { comment: 'Look.', emails: ['a@example.com'], timeout: 60 },
    });
  });
});
