#!/usr/bin/env node
// The entry of the `cdkpipe` command: refuses an old Node.js before anything is loaded whose syntax it does not know.
// This file has no syntax newer than Node.js 10, and is valid as a script and as a module: older releases read it as either.
const required = '20.19.0';
const found = process.versions.node;

function isOlder(version, than) {
  const numbers = version.split('.').map(Number);
  const others = than.split('.').map(Number);
  const place = numbers.findIndex((number, index) => number !== others[index]);
  return place !== -1 && numbers[place] < others[place];
}

if (isOlder(found, required)) {
  // biome-ignore lint/style/useTemplate: one thing less for an old parser
  process.stderr.write('cdkpipe requires Node.js ' + required + ' or newer, and this is ' + found + '\n');
  process.exitCode = 2;
} else {
  import('./main.js');
}
