import { expect, test } from 'vitest';
import { importedPackages } from './imported-packages.ts';

test('packages that a script imports are found in its order, without types, comments, files and sub-paths', () => {
  const source = `
import '@acme/first';
import a, { b as c, type D } from "second"; import * as e from '@acme/third'
// import f from 'commented';
/* import g from 'commented-too'; */
import type { H } from 'only-types';
import {
  i,
} from 'fourth';
import j from './file.ts';
import k from 'aws-cdk-lib/aws-sns';
import { readFileSync } from 'node:fs';
const l = require('fifth'), text = "import m from 'text'; // ";
`;
  expect(importedPackages(source)).toEqual(['@acme/first', 'second', '@acme/third', 'fourth', 'fifth']);
});
