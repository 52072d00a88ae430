/** Fills what a project leaves open from the project-wide defaults. */
import { type BuildImage, type Environment, isSameEnvironment, unreachable } from '@cdkpipe/core';
import { authoredStatements, type ReasonedStatement } from '../iam/statements.ts';
import type { CodeBuildDefaults } from '../options/build-defaults.ts';
import { templateText } from '../values/text.ts';
import type { BuildLayer, BuildSettings, BuildWork, ProjectVariable } from './build-work.ts';
import { mergeBuildSpecs } from './merge-build-specs.ts';
import { settingsOf } from './settings-of.ts';
import { sortVariables } from './variables.ts';

/**
 * What a project says itself goes before the defaults of its layer, those before the defaults for all. Variables,
 * statements and parts of the buildspec are put together; everything else is taken as a whole.
 */
export function settleWork(work: BuildWork, defaults: CodeBuildDefaults = {}, home: Environment): BuildWork {
  const layers = [readLayer(defaults, 'all'), readLayer(defaults, work.layer)];
  const own = settingsOf(work);
  const reaching = isSameEnvironment(work.runIn ?? home, home) ? (layer: Layer) => layer.settings : withoutPlaces;
  const settings: BuildSettings = Object.assign({}, ...layers.map(reaching), own);
  const buildSpec = mergeBuildSpecs([...layers.map((layer) => layer.settings.buildSpec), own.buildSpec]);
  const variables = new Map(
    [...layers.flatMap((layer) => layer.variables), ...work.variables].map((variable) => [variable.name, variable]),
  );
  for (const name of Object.keys(work.resolvedVariables)) variables.delete(name);
  return {
    ...work,
    ...settings,
    ...(Object.keys(buildSpec).length > 0 ? { buildSpec } : {}),
    variables: [...variables.values()],
    statements: [...layers.flatMap((layer) => layer.statements), ...work.statements],
  };
}

/** The image a project will run in, as far as it or the defaults say. */
export function findImage(
  defaults: CodeBuildDefaults = {},
  layer: BuildLayer,
  own: BuildImage | undefined,
): BuildImage | undefined {
  return own ?? defaults[layer]?.image ?? defaults.all?.image;
}

interface Layer {
  readonly settings: BuildSettings;
  readonly variables: readonly ProjectVariable[];
  readonly statements: readonly ReasonedStatement[];
}

/** The defaults that mean something elsewhere, too: networks, file systems and buckets are those of the pipeline's place. */
function withoutPlaces({ settings: { vpc, fileSystems, cache, logging, ...settings } }: Layer): BuildSettings {
  const { cloudWatch } = logging ?? {};
  const isOfAnyPlace = cloudWatch === false || (cloudWatch !== undefined && cloudWatch.group === undefined);
  return { ...settings, ...(isOfAnyPlace ? { logging: { cloudWatch } } : {}) };
}

function readLayer(defaults: CodeBuildDefaults, name: 'all' | BuildLayer): Layer {
  const { env = {}, rolePolicy = [], ...settings } = defaults[name] ?? {};
  const place = { path: `backends.codepipeline.codeBuildDefaults.${name}` };
  const { variables } = sortVariables(env, {
    place,
    checkText: (text, option) => templateText(text, option, place),
    carry: (variable) => unreachable(`a reference to a value in the default of ${variable}`),
  });
  return { settings: settingsOf(settings as BuildSettings), variables, statements: authoredStatements(rolePolicy) };
}
