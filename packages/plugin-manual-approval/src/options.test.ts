import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { manual, manualKind } from './kind.ts';
import { manualOptions } from './options.ts';

const url = { $ref: 'output', stack: 'Orders', name: 'Url' };
const topic = 'arn:aws:sns:eu-west-1:111111111111:releases';

const accepted: [string, unknown][] = [
  ['no options', {}],
  ['a comment of 1,000 characters', { comment: 'x'.repeat(1000) }],
  ['an output as comment', { comment: url }],
  ['texts and outputs as comment', { comment: ['See ', url, '.'] }],
  ['a link', { link: 'https://example.com/a?b=c#d' }],
  ['an output as link', { link: url }],
  ['a link that is joined', { link: ['https://', url, '/health'] }],
  ['a topic', { topic }],
  ['a topic of another partition', { topic: 'arn:aws-us-gov:sns:us-gov-west-1:111111111111:releases' }],
  ['e-mail addresses', { emails: ['a@example.com', 'b@example.com'] }],
  ['to pass when nothing changes', { passIfUnchanged: true }],
  ['the shortest time-out', { timeout: 5 }],
  ['the longest time-out', { timeout: 86_400 }],
];

const refused: [string, unknown, string][] = [
  ['an unknown key', { coment: 'x' }, ''],
  ['an empty comment', { comment: '' }, 'comment'],
  ['a comment that is too long', { comment: 'x'.repeat(1001) }, 'comment'],
  ['a comment that is too long together', { comment: ['x'.repeat(600), 'x'.repeat(600)] }, 'comment'],
  ['a comment of nothing', { comment: [] }, 'comment'],
  ['a number as comment', { comment: 7 }, 'comment'],
  ['a reference that is not to an output', { comment: { $ref: 'secret', name: 'x' } }, 'comment'],
  ['a link without protocol', { link: 'example.com' }, 'link'],
  ['a link that runs code', { link: 'javascript:alert(1)' }, 'link'],
  ['a link with a space', { link: 'https://example.com/a b' }, 'link'],
  ['a joined link without protocol', { link: ['ftp://', url] }, 'link'],
  ['a topic by name', { topic: 'releases' }, 'topic'],
  ['a FIFO topic', { topic: `${topic}.fifo` }, 'topic'],
  ['a link with a password', { link: 'https://ada:secret@example.com/' }, 'link'],
  ['no addresses', { emails: [] }, 'emails'],
  ['what is no address', { emails: ['nobody'] }, 'emails.0'],
  ['an address twice', { emails: ['a@example.com', 'A@example.com'] }, 'emails'],
  ['a topic and addresses', { topic, emails: ['a@example.com'] }, 'emails'],
  ['to pass perhaps', { passIfUnchanged: 'maybe' }, 'passIfUnchanged'],
  ['a time-out that is too short', { timeout: 4 }, 'timeout'],
  ['a time-out that is too long', { timeout: 86_401 }, 'timeout'],
  ['half a minute', { timeout: 5.5 }, 'timeout'],
  ['a time-out as text', { timeout: '60' }, 'timeout'],
];

describe('the options of manual', () => {
  it.each(accepted)('accept %s', (_title, options) => {
    expect(manualOptions.safeParse(options)).toEqual({ success: true, data: options });
  });

  it.each(refused)('refuse %s and say where', (_title, options, path) => {
    const result = manualOptions.safeParse(options);
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  it('hold for every example of the kind', () => {
    for (const { options } of manualKind.examples ?? []) expect(manualOptions.safeParse(options).success).toBe(true);
  });

  it('are plain data, so that a JSON file says the same as the helper', () => {
    expect(JSON.parse(JSON.stringify(manual('Done', { comment: 'US is live.' })))).toEqual({
      kind: 'manual',
      name: 'Done',
      options: { comment: 'US is live.' },
    });
    expect(manual('Done')).toEqual({ kind: 'manual', name: 'Done' });
  });

  it('are described one by one, in the schema and in the README', () => {
    const { properties = {} } = z.toJSONSchema(manualOptions, { io: 'input' });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [name, schema] of Object.entries(properties)) {
      expect(schema, name).toHaveProperty('description');
      expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
    }
    expect(readme.match(/^\| `/gm)).toHaveLength(Object.keys(properties).length);
  });
});
