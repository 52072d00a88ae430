import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { window, windowKind } from './kind.ts';
import { windowOptions } from './options.ts';

const open = ['Mon-Fri 09:00-17:00'];
const timeZone = 'Europe/Berlin';
const plain = { open, timeZone };

const accepted: [string, object][] = [
  ['hours in a time zone', plain],
  ['UTC', { open, timeZone: 'UTC' }],
  ['closed dates', { ...plain, closed: ['2026-12-24', '2026-12-28/2027-01-01'] }],
  ['58 closed days', { ...plain, closed: ['2026-07-06/2026-08-30'] }],
  ['the shortest and the longest wait', { ...plain, timeout: 5 }],
  ['60 days', { ...plain, timeout: 86_400 }],
];

const refused: [string, object, string, string?][] = [
  ['no hours, which never open', { open: [], timeZone }, 'open', 'never open'],
  ['hours that end before they begin', { open: ['Mon 17:00-09:00'], timeZone }, 'open.0', 'over midnight'],
  ['no time zone', { open }, 'timeZone'],
  ['a time zone that nobody knows', { open, timeZone: 'Europe/Berlim' }, 'timeZone', 'IANA'],
  ['an offset, which knows no daylight saving', { open, timeZone: '+01:00' }, 'timeZone', 'IANA'],
  ['a date that is none', { ...plain, closed: ['2026-02-30'] }, 'closed.0'],
  [
    'a window that never opens for a run that waits 60 days',
    { ...plain, closed: ['2026-12-24', '2026-01-01/2026-06-30'] },
    'closed.1',
    'never open for a run in 2026-01-01/2026-06-30',
  ],
  [
    'closed dates that follow each other for too long',
    { ...plain, closed: ['2026-01-01/2026-02-10', '2026-02-11/2026-03-31'] },
    'closed.0',
    'never open',
  ],
  ['too short a wait', { ...plain, timeout: 4 }, 'timeout'],
  ['too long a wait', { ...plain, timeout: 86_401 }, 'timeout'],
  ['an unknown key', { ...plain, opens: open }, ''],
  [
    'more than the function can be handed',
    { ...plain, closed: Array.from({ length: 90 }, (_, day) => `20${10 + day}-01-01`) },
    '',
    'at most 3200 bytes',
  ],
];

describe('the options of window', () => {
  it.each(accepted)('accept %s', (_title, options) => {
    expect(windowOptions.safeParse(options)).toEqual({ success: true, data: options });
  });

  it.each(refused)('refuse %s', (_title, options, path, message = '') => {
    const { issues = [] } = windowOptions.safeParse(options).error ?? {};
    expect(issues[0]?.path.join('.')).toBe(path);
    expect(issues[0]?.message).toContain(message);
  });

  it('hold for every example of the kind', () => {
    for (const { options } of windowKind.examples ?? []) expect(windowOptions.safeParse(options).success).toBe(true);
  });

  it('are plain data, so that a JSON file says the same as the helper', () => {
    expect(JSON.parse(JSON.stringify(window('Office', plain)))).toEqual({
      kind: 'window',
      name: 'Office',
      options: plain,
    });
  });

  it('are described one by one, in the schema and in the README', () => {
    const { properties = {} } = z.toJSONSchema(windowOptions, { io: 'input' });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [name, schema] of Object.entries(properties)) {
      expect(schema, name).toHaveProperty('description');
      expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
    }
    expect(readme.match(/^\| `/gm)).toHaveLength(Object.keys(properties).length);
  });
});
