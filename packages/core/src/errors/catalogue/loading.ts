/** Words for what goes wrong while the definition and its surroundings are found and loaded. */
import { suggest } from '../near-misses.ts';
import type { Problem } from '../problem.ts';

export const configNotFound = (cwd: string, extensions: readonly string[], top: string): Problem => ({
  code: 'CONFIG_NOT_FOUND',
  message: `no definition in ${cwd}${top === cwd ? '' : ` or above it up to ${top}`}; looked for cdkpipe.config.{${extensions
    .map((extension) => extension.slice(1))
    .join(',')}} and the key "cdkpipe" of package.json`,
  fix: 'run `cdkpipe init` to make one, or name the file with --config',
});

export const configFileNotFound = (path: string): Problem => ({
  code: 'CONFIG_FILE_NOT_FOUND',
  message: `there is no file "${path}", which --config names`,
  fix: 'correct the path; it is taken from the current directory',
});

export const configFileUnreadable = (path: string, reason: string): Problem => ({
  code: 'CONFIG_FILE_UNREADABLE',
  message: `"${path}" cannot be read: ${reason}`,
  fix: 'make the file readable, or name another with --config',
});

export const configTypeUnknown = (path: string, extensions: readonly string[]): Problem => ({
  code: 'CONFIG_TYPE_UNKNOWN',
  message: `"${path}" is of no type that a definition can have`,
  fix: `use a file that ends in ${extensions.join(', ')}`,
});

export const configKeyMissing = (path: string, key: string): Problem => ({
  code: 'CONFIG_KEY_MISSING',
  message: `"${path}" has no key "${key}"`,
  location: path,
  fix: `add the key "${key}" with the definition, or name another file with --config`,
});

export const configEmpty = (file: string): Problem => ({
  code: 'CONFIG_EMPTY',
  message: `"${file}" is empty`,
  location: file,
  fix: 'write a definition into it, or remove it and run `cdkpipe init`',
});

export const fileUnparsable = (file: string, reason: string, location: string): Problem => ({
  code: 'FILE_UNPARSABLE',
  message: `"${file}" does not parse: ${reason}`,
  location,
  fix: `mend the syntax at ${location}`,
});

export const tsconfigUnusable = (file: string, reason: string): Problem => ({
  code: 'TSCONFIG_UNUSABLE',
  message: `the tsconfig.json that "${file}" belongs to cannot be used: ${reason}`,
  fix: 'mend the tsconfig.json; its `paths` decide what the definition imports',
});

export const searchSettingsUnusable = (reason: string): Problem => ({
  code: 'SEARCH_SETTINGS_UNUSABLE',
  message: `the cosmiconfig settings of this project cannot be used: ${reason}`,
  fix: 'mend or remove the key "cosmiconfig" of .config/config.*',
});

export const configThrew = (file: string, thrown: string, location: string): Problem => ({
  code: 'CONFIG_THREW',
  message: `"${file}" threw while it was loaded: ${thrown}`,
  location,
  fix: `mend the error at ${location}`,
});

export const importNotFound = (
  importer: string,
  module: string,
  location: string,
  near: readonly string[],
): Problem => ({
  code: 'IMPORT_NOT_FOUND',
  message: `"${importer}" imports "${module}", which cannot be found`,
  location,
  fix: near.length > 0 ? suggest(module, near) : `correct the import, or install what "${module}" names`,
});

export const importNotExported = (importer: string, module: string, location: string): Problem => ({
  code: 'IMPORT_NOT_EXPORTED',
  message: `"${importer}" imports "${module}", which that package does not export`,
  location,
  fix: `import something that the package exports instead of "${module}"`,
});

export const awsCdkNotFound = (project: string, location?: string): Problem => ({
  code: 'AWS_CDK_NOT_FOUND',
  message: `aws-cdk-lib and constructs are not both installed in ${project}`,
  ...(location === undefined ? {} : { location }),
  fix: 'run `npm install aws-cdk-lib constructs` in the project',
});

export const cdkUnsupported = (version: string, root: string, range: string): Problem => ({
  code: 'CDK_VERSION_UNSUPPORTED',
  message: `aws-cdk-lib ${version} in ${root} is not supported: cdkpipe requires ${range}`,
  fix: `install a supported release in the project: npm install aws-cdk-lib@${range}`,
});

interface ConstructsMismatch {
  readonly found: string;
  /** The range that aws-cdk-lib requires. */
  readonly wanted: string;
  /** Release of aws-cdk-lib. */
  readonly cdk: string;
}

export const constructsUnsupported = ({ found, wanted, cdk }: ConstructsMismatch): Problem => ({
  code: 'CONSTRUCTS_VERSION_UNSUPPORTED',
  message: `constructs ${found} does not work with aws-cdk-lib ${cdk}, which requires constructs ${wanted}`,
  fix: `install a release that it works with: npm install constructs@${wanted}`,
});

export const defaultExportMissing = (file: string): Problem => ({
  code: 'CONFIG_WITHOUT_DEFAULT_EXPORT',
  message: `"${file}" has no default export`,
  location: file,
  fix: 'write `export default defineConfig({ … })`',
});

/** What of the module was not what it should be, in words. */
export type ExportedAs = 'value' | 'function' | 'promise';

export const definitionMissing = (as: ExportedAs, file: string, found: string): Problem => ({
  code: 'CONFIG_WITHOUT_DEFINITION',
  message:
    as === 'value'
      ? `"${file}" exports ${found} instead of a definition`
      : `the ${as} that "${file}" exports gave ${found} instead of a definition`,
  location: file,
  fix: as === 'function' ? 'return the definition from the function' : 'export the definition',
});

export const definitionFailed = (as: ExportedAs, file: string, thrown: string, location: string): Problem => ({
  code: 'CONFIG_FUNCTION_FAILED',
  message: `the ${as} that "${file}" exports ${as === 'promise' ? 'was rejected' : 'failed'}: ${thrown}`,
  location,
  fix: `mend the error at ${location}`,
});

export const configTimedOut = (file: string, milliseconds: number): Problem => ({
  code: 'CONFIG_TIMED_OUT',
  message: `"${file}" did not settle within ${milliseconds / 1000} s`,
  location: file,
  fix: 'look for a promise that is awaited and never settles, and keep slow work out of the definition',
});

export const contextNotObject = (file: string, what: string, found: string): Problem => ({
  code: 'CONTEXT_NOT_AN_OBJECT',
  message: `${what} of "${file}" is ${found} instead of an object`,
  location: file,
  fix: 'write an object with a value for each context key',
});

export const contextUnreadable = (file: string, reason: string): Problem => ({
  code: 'CONTEXT_UNREADABLE',
  message: `"${file}" cannot be read: ${reason}`,
  location: file,
  fix: 'make the file readable, or remove it',
});

export const definitionStrayed = (message: string): Problem => ({
  code: 'DEFINITION_STRAYED',
  message: `something that the definition left running failed: ${message}`,
  fix: 'wait for it in the definition, or catch its failure there',
});
