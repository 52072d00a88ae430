/** Which files of a directory CodeBuild uploads, as a buildspec selects them. */

/** Paths below the base directory, with `*` and `**`. */
export interface FileSelection {
  readonly files: readonly string[];
  readonly excludePaths: readonly string[];
}

/**
 * `*` stays within a name, `**` goes across directories, and `**` with a slash may stand for none:
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.artifacts.exclude-paths
 *
 * @param file path below the base directory, with `/`
 */
export function isSelected({ files, excludePaths }: FileSelection, file: string): boolean {
  return matches(files, file) && !matches(excludePaths, file);
}

/** Whether all that a directory holds is excluded, so that nobody has to look into it. */
export function isDirectoryExcluded({ excludePaths }: FileSelection, directory: string): boolean {
  return matches(
    excludePaths
      .filter((pattern) => pattern.endsWith(everything))
      .map((pattern) => pattern.slice(0, -everything.length)),
    directory,
  );
}

export function matches(patterns: readonly string[], file: string): boolean {
  return patterns.some((pattern) => expressionOf(pattern).test(file));
}

const everything = '/**/*';

function expressionOf(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|[^*]+/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 's');
}
