import { expect, test } from 'vitest';
import { extendGitignore } from './extend-gitignore.ts';
import { extendManifest } from './extend-manifest.ts';

const packages = { '@cdkpipe/core': '1.2.3', 'aws-cdk': '^2.1000.0' };

test('packages and script are added in the style of the file, and nothing else of it changes', () => {
  const before = `{\r\n\t"name": "orders",\r\n\t"odd":   [1,2],\r\n\t"devDependencies": {\r\n\t\t"aws-cdk": "2.1.0"\r\n\t}\r\n}\r\n`;
  const { text, added } = extendManifest(before, packages);
  expect(text).toBe(
    `{\r\n\t"name": "orders",\r\n\t"odd":   [1,2],\r\n\t"devDependencies": {\r\n\t\t"aws-cdk": "2.1.0",\r\n\t\t"@cdkpipe/core": "1.2.3"\r\n\t},\r\n\t"scripts": {\r\n\t\t"cdkpipe": "cdkpipe"\r\n\t}\r\n}\r\n`,
  );
  expect(added).toEqual(['the package @cdkpipe/core 1.2.3', 'the script "cdkpipe"']);
  expect(extendManifest(text, packages)).toEqual({ text, added: [] });
});

test('a script and a package of the project stay what they are, wherever they stand', () => {
  const before = `{"scripts":{"cdkpipe":"mine"},"dependencies":{"@cdkpipe/core":"0.0.1","aws-cdk":"2"}}`;
  expect(extendManifest(before, packages)).toEqual({ text: before, added: [] });
});

test('lines are added to .gitignore once, also behind a last line without an end', () => {
  expect(extendGitignore('node_modules\r\n/cdk.out/', ['cdk.out', 'cdk.out.app'])).toEqual({
    text: 'node_modules\r\n/cdk.out/\r\ncdk.out.app\r\n',
    added: ['the line cdk.out.app'],
  });
  expect(extendGitignore('', ['cdk.out']).text).toBe('cdk.out\n');
});
