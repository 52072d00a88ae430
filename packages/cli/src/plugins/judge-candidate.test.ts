import { describe, expect, test } from 'vitest';
import type { Candidate } from '../registry/candidate.ts';
import { judgeCandidate } from './judge-candidate.ts';

const content = {
  name: '@acme/pager',
  version: '1.0.0',
  keywords: ['cdkpipe-plugin'],
  cdkpipePlugin: { api: 1, kinds: ['pager'], hooks: ['plan'] },
  peerDependencies: { '@cdkpipe/core': '^0.1.0' },
  engines: { node: '>=20' },
};

const candidate = (change: object = {}, rest: Partial<Candidate> = {}): Candidate => ({
  name: content.name,
  version: content.version,
  announced: { ...content, ...change },
  content: { ...content, ...change },
  bundled: [],
  size: 1000,
  hasGypFile: false,
  preparation: [],
  commands: [],
  integrity: 'sha512-AAAA',
  provenance: { state: 'unverified', detail: 'nothing' },
  ...rest,
});

const codesOf = (one: Candidate) =>
  judgeCandidate(one, { node: '20.19.0', core: '0.1.0' }).problems.map(({ code, message }) => `${code} ${message}`);

test('a plugin that says what it is may come in', () => {
  expect(judgeCandidate(candidate(), { node: '20.19.0', core: '0.1.0' })).toEqual({
    problems: [],
    manifest: { api: 1, kinds: ['pager'], renderers: [], backends: [], rules: [], hooks: ['plan'] },
  });
});

describe('refused', () => {
  test.each([
    ['no manifest', candidate({ cdkpipePlugin: undefined }), /MISSING .*"cdkpipePlugin"/],
    ['no keyword', candidate({ keywords: ['cdkpipe'] }), /MISSING .*keyword/],
    ['an unknown hook', candidate({ cdkpipePlugin: { api: 1, hooks: ['plna'] } }), /PLUGIN_MANIFEST_INVALID/],
    ['an unknown key', candidate({ cdkpipePlugin: { api: 1, kind: ['x'] } }), /PLUGIN_MANIFEST_INVALID .*kind/],
    ['a protocol of tomorrow', candidate({ cdkpipePlugin: { api: 2 } }), /PLUGIN_API_UNKNOWN .*protocol 2/],
    ['a newer Node', candidate({ engines: { node: '>=22' } }), /PLUGIN_ENGINE_UNFIT .*Node >=22, here is 20/],
    [
      'another core',
      candidate({ peerDependencies: { '@cdkpipe/core': '^1.0.0' } }),
      /PLUGIN_ENGINE_UNFIT .*@cdkpipe\/core \^1/,
    ],
    ['a range that is none', candidate({ engines: { node: 'lots' } }), /PLUGIN_ENGINE_UNFIT/],
    ['an install script', candidate({ scripts: { install: 'x' } }), /PLUGIN_INSTALL_SCRIPTS .*: install$/],
    ['native code', candidate({}, { hasGypFile: true }), /PLUGIN_INSTALL_SCRIPTS .*binding.gyp/],
    [
      'prepare of a git source',
      candidate({ scripts: { prepare: 'x' } }, { source: 'git+ssh://x', preparation: ['prepare'] }),
      /PLUGIN_INSTALL_SCRIPTS .*prepare/,
    ],
    ['constructs of its own', candidate({ dependencies: { constructs: '^10.0.0' } }), /PLUGIN_OWN_COPY .*constructs/],
    [
      'core as an optional dependency',
      candidate({ optionalDependencies: { '@cdkpipe/core': '*' } }),
      /PLUGIN_OWN_COPY .*core/,
    ],
    [
      'the CDK under another name',
      candidate({ dependencies: { cdk: 'npm:aws-cdk-lib@2' } }),
      /PLUGIN_OWN_COPY .*aws-cdk-lib/,
    ],
    ['the CDK in its tarball', candidate({}, { bundled: ['aws-cdk-lib'] }), /PLUGIN_OWN_COPY .*aws-cdk-lib/],
    [
      'other dependencies than announced',
      { ...candidate(), announced: { ...content, dependencies: { a: '1' } } },
      /PLUGIN_CONTENT_DIFFERS .*dependencies/,
    ],
    [
      'a wrong signature',
      candidate({}, { provenance: { state: 'failed', detail: 'no fit' } }),
      /PLUGIN_PROVENANCE_FAILED .*no fit/,
    ],
  ] as const)('%s', (_, one, pattern) => {
    expect(codesOf(one)).toEqual([expect.stringMatching(pattern)]);
  });

  test('with all reasons at once', () => {
    const one = candidate({ scripts: { install: 'x' }, engines: { node: '>=22' }, cdkpipePlugin: { api: 9 } });
    expect(codesOf(one)).toHaveLength(3);
  });
});

test('prepare is no install script of a package from a registry, and optional dependencies are listed twice there', () => {
  const one = candidate({ scripts: { prepare: 'tsc' }, optionalDependencies: { fsevents: '1' } });
  expect(codesOf({ ...one, announced: { ...one.announced, dependencies: { fsevents: '1' } } })).toEqual([]);
});
