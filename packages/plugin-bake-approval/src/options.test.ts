import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bake, bakeKind } from './kind.ts';
import { bakeOptions } from './options.ts';

const arn = 'arn:aws:cloudwatch:eu-west-1:333333333333:alarm:Orders: 5xx';

const accepted: [string, object][] = [
  ['a minute', { minutes: 1 }],
  ['a day', { minutes: 1440 }],
  ['alarms by name and ARN', { minutes: 60, alarms: ['Orders 5xx / Api', arn] }],
  ['time to recover', { minutes: 60, alarms: ['A'], recovers: 20 }],
  ['no time to recover', { minutes: 60, alarms: ['A'], recovers: 0 }],
  ['a place', { minutes: 60, runIn: { account: '444444444444', region: 'us-east-1' } }],
];

const refused: [string, object, string, string?][] = [
  ['no time', {}, 'minutes'],
  ['no minutes', { minutes: 0 }, 'minutes'],
  ['half a minute', { minutes: 0.5 }, 'minutes'],
  ['more than a day, and say why', { minutes: 1441 }, 'minutes', 'CodePipeline ends such an action after 24 hours'],
  ['no alarms', { minutes: 1, alarms: [] }, 'alarms'],
  ['a name of blanks', { minutes: 1, alarms: [' '] }, 'alarms.0'],
  ['time to recover without alarms', { minutes: 60, recovers: 5 }, 'recovers', 'expected `alarms`'],
  ['more time to recover than there is', { minutes: 10, alarms: ['A'], recovers: 11 }, 'recovers', 'at most `minutes`'],
  ['less than no time to recover', { minutes: 10, alarms: ['A'], recovers: -1 }, 'recovers'],
  ['an alarm twice', { minutes: 1, alarms: ['A', 'A'] }, 'alarms'],
  ['101 alarms', { minutes: 1, alarms: Array.from({ length: 101 }, (_, index) => `${index}`) }, 'alarms'],
  ['names that are too long together', { minutes: 1, alarms: ['a', 'b'].map((name) => name.repeat(1800)) }, 'alarms'],
  ['an ARN of something else', { minutes: 1, alarms: ['arn:aws:sns:eu-west-1:333333333333:topic'] }, 'alarms.0'],
  ['a place that is none', { minutes: 1, runIn: 'home' }, 'runIn'],
  ['an unknown key', { minutes: 1, alarm: 'A' }, ''],
];

describe('the options of bake', () => {
  it.each(accepted)('accept %s', (_title, options) => {
    expect(bakeOptions.safeParse(options)).toEqual({ success: true, data: options });
  });

  it.each(refused)('refuse %s', (_title, options, path, message = '') => {
    const { issues = [] } = bakeOptions.safeParse(options).error ?? {};
    expect(issues.map((issue) => issue.path.join('.'))).toEqual([path]);
    expect(issues[0]?.message).toContain(message);
  });

  it('hold for every example of the kind', () => {
    for (const { options } of bakeKind.examples ?? []) expect(bakeOptions.safeParse(options).success).toBe(true);
  });

  it('are plain data, so that a JSON file says the same as the helper', () => {
    const step = { kind: 'bake', name: 'Bake', options: { minutes: 60 } };
    expect(JSON.parse(JSON.stringify(bake('Bake', { minutes: 60 })))).toEqual(step);
  });

  it('are described one by one, in the schema and in the README', () => {
    const { properties = {} } = z.toJSONSchema(bakeOptions, { io: 'input' });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [name, schema] of Object.entries(properties)) {
      expect(schema, name).toHaveProperty('description');
      expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
    }
    expect(readme.match(/^\| `/gm)).toHaveLength(Object.keys(properties).length);
  });
});
