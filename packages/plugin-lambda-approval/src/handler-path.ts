/** `./checks/latency.ts#isFast`: a file of the project, or `package:NAME/PATH`, and a function that it exports. */

export interface HandlerPath {
  /** Relative to the definition, or as an import names it. */
  readonly file: string;
  readonly from: 'project' | 'package';
  /** Name of the export. */
  readonly exportName: string;
}

/** Relative, with an extension that says JavaScript or TypeScript; or a package, whose exports say what a path means. */
export const handlerPattern =
  /^((?![/\\])[^#:\\]*[^#:\\/]\.[cm]?[jt]sx?|package:(@[a-z0-9~._-]+\/)?[a-z0-9~-][a-z0-9~._-]*(\/[^#:\\/]+)*)(#[A-Za-z_$][\w$]*)?$/;

const packagePrefix = 'package:';

export function readHandlerPath(handler: string): HandlerPath {
  const [file = '', exportName = 'handler'] = handler.split('#');
  if (file.startsWith(packagePrefix)) return { file: file.slice(packagePrefix.length), from: 'package', exportName };
  return { file, from: 'project', exportName };
}
