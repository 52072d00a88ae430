import { expect, it } from 'vitest';
import { additionalArtifact, keyPartOf, keyPrefixOf, outputArtifact } from './names.ts';

const directories = ['dist', 'distribution', 'dist/a', 'dist/b', 'lib', 'library', 'vendor/lib', 'x'.repeat(200)];

it('artifacts of different directories have different parts in keys, so that policies tell them apart', () => {
  const names = [
    'Source',
    'Assembly',
    'Templates',
    ...directories.flatMap((each) => [additionalArtifact(each), outputArtifact(each)]),
  ];
  expect(new Set(names.map(keyPartOf)).size).toBe(names.length);
  // https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_OutputArtifact.html; shell variables have no `-`.
  for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_]{1,100}$/);
});

it('names of artifacts that are short stay readable', () => {
  expect(additionalArtifact('lib')).toBe('Source_lib');
  expect(outputArtifact('out')).toBe('Output_out');
});

it('the part of a pipeline in keys is its name, cut; where its characters may be changed it is unknown', () => {
  expect(keyPrefixOf('orders')).toBe('orders');
  expect(keyPrefixOf('CodeBuild-Python-Pipeline')).toBe('CodeBuild-Python-Pip');
  expect(keyPrefixOf('orders.v2')).toBe('*');
});
