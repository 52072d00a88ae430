import { expect, test } from 'vitest';
import { parseContext } from './context-flag.ts';

test('the value is what stands behind the first equals sign, and the last of a key holds', () => {
  expect(parseContext(['stage=beta', 'url=https://x?a=b', 'empty=', 'stage=prod'])).toEqual({
    stage: 'prod',
    url: 'https://x?a=b',
    empty: '',
  });
});

test('every text that is no assignment and every key of the CDK is refused', () => {
  expect(() => parseContext(['cdkpipe.config.ts', '=x', 'aws:cdk:version=1', 'a=b'])).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({ code: 'FLAG_INVALID', message: '"cdkpipe.config.ts" is not KEY=VALUE' }),
        expect.objectContaining({ code: 'FLAG_INVALID', message: '"=x" is not KEY=VALUE' }),
        expect.objectContaining({ code: 'FLAG_INVALID', message: expect.stringContaining('"aws:cdk:version"') }),
      ],
    }),
  );
});
