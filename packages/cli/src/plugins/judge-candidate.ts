/** Decides whether a package may come into the project; pure, and before any of its code is on this machine. */
import { manifestKey, type PluginManifest, type Problem, readPluginManifest, speaksProtocol } from '@cdkpipe/core';
import { satisfies, valid, validRange } from 'semver';
import * as words from '../problems/plugin-problems.ts';
import type { Candidate, PackageContent } from '../registry/candidate.ts';
import { dependenciesIn, installTimes, sharedPackages, texts } from '../registry/package-facts.ts';

/** What the plugin will meet here. */
export interface Surroundings {
  /** Version of Node, without `v`. */
  readonly node: string;
  /** Version of `@cdkpipe/core`. */
  readonly core: string;
}

export interface Judgement {
  readonly problems: readonly Problem[];
  /** What the package says of itself as a plugin; absent where it says nothing usable. */
  readonly manifest?: PluginManifest;
}

export function judgeCandidate(candidate: Candidate, surroundings: Surroundings): Judgement {
  const { content, provenance } = candidate;
  const manifest = readPluginManifest(content);
  const isManifest = 'api' in manifest;
  const problems = [
    ...(isManifest ? unknownApi(candidate, manifest) : manifest),
    ...unfitEngines(candidate, surroundings),
    ...scriptsOf(candidate),
    ...copiesOf(candidate),
    ...differences(candidate),
    ...(provenance.state === 'failed' ? [words.provenanceFailed(candidate, provenance.detail)] : []),
  ];
  return { problems, ...(isManifest && { manifest }) };
}

function unknownApi(candidate: Candidate, { api }: PluginManifest): Problem[] {
  return speaksProtocol(api) ? [] : [words.apiUnknown(candidate, api)];
}

function unfitEngines(candidate: Candidate, { node, core }: Surroundings): Problem[] {
  const wanted = [
    ['Node', texts(candidate.content.engines).node, node],
    ['@cdkpipe/core', texts(candidate.content.peerDependencies)['@cdkpipe/core'], core],
  ] as const;
  return wanted.flatMap(([what, range, found]) =>
    range === undefined || (validRange(range) !== null && satisfies(found, range, { includePrerelease: true }))
      ? []
      : [words.engineUnfit(candidate, what, range, found)],
  );
}

function scriptsOf(candidate: Candidate): Problem[] {
  const { announced, content, hasGypFile, preparation } = candidate;
  const declared = [announced, content].flatMap(({ scripts }) => installTimes.filter((time) => texts(scripts)[time]));
  const found = [...new Set([...declared, ...preparation, ...(hasGypFile ? ['binding.gyp'] : [])])];
  return found.length > 0 ? [words.installScripts(candidate, found)] : [];
}

function copiesOf(candidate: Candidate): Problem[] {
  const { announced, content, bundled } = candidate;
  const own = [announced, content].flatMap((each) => dependenciesIn(each).map((dependency) => dependency.package));
  const found = sharedPackages.filter((name) => own.includes(name) || bundled.includes(name));
  return found.length > 0 ? [words.ownCopy(candidate, found)] : [];
}

/** What people read in the registry must be what they get. */
const compared = [
  'name',
  'version',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'engines',
  manifestKey,
];

function differences(candidate: Candidate): Problem[] {
  const { announced, content } = candidate;
  const keys = compared.filter(
    (key) =>
      canonical(announced, key) !== canonical(content, key) || (key === 'version' && valid(content.version) === null),
  );
  return keys.length > 0 ? [words.contentDiffers(candidate, keys)] : [];
}

function canonical(content: PackageContent, key: string): string {
  const value = content[key];
  if (key === 'dependencies') {
    // Registries list optional dependencies among the others, too.
    const optional = texts(content.optionalDependencies);
    return sorted(Object.fromEntries(Object.entries(texts(value)).filter(([name]) => !(name in optional))));
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? sorted(value)
    : JSON.stringify(value ?? {});
}

function sorted(value: object): string {
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
