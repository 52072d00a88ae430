import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDirectory } from './cdk.test.fixture.ts';
import { openFindingCache } from './finding-cache.ts';

const template = (text: string) => ({ name: 'a', text });

describe('the cache of findings', () => {
  it('keeps the hundred projects that were worked on last', () => {
    const directory = makeDirectory();
    for (let project = 0; project <= 110; project++) {
      const cache = openFindingCache(directory, `${project}`, '1');
      cache.keep(template('text'), []);
      cache.save();
    }
    expect(readdirSync(join(directory, 'templates'))).toHaveLength(100);
    expect(openFindingCache(directory, '110', '1').find(template('text'))).toEqual([]);
  });

  it('keeps the two thousand templates of a project that were seen last', () => {
    const directory = makeDirectory();
    const first = openFindingCache(directory, 'project', '1');
    for (let text = 0; text < 2000; text++) first.keep(template(`${text}`), []);
    first.save();
    const second = openFindingCache(directory, 'project', '1');
    second.keep(template('new'), []);
    second.find(template('1999'));
    second.save();
    const third = openFindingCache(directory, 'project', '1');
    expect(['new', '1999', '1997', '1998'].map((text) => third.find(template(text)))).toEqual([[], [], [], undefined]);
  });

  it('expects something new in a project it does not know, and after two runs in a row that had something new', () => {
    const directory = makeDirectory();
    const run = (text: string, more: string[] = []) => {
      const cache = openFindingCache(directory, 'project', '1');
      for (const each of [text, ...more]) if (!cache.find(template(each))) cache.keep(template(each), []);
      cache.save();
      return cache.expectsMisses;
    };
    expect([run('a'), run('b', ['c']), run('d'), run('d'), run('d')]).toEqual([true, false, true, true, false]);
  });

  it('keeps nothing without a directory', () => {
    const cache = openFindingCache(undefined, 'project', '1');
    cache.keep(template('text'), []);
    cache.save();
    expect(cache.find(template('text'))).toEqual([]);
    expect(openFindingCache(undefined, 'project', '1').find(template('text'))).toBeUndefined();
  });
});
