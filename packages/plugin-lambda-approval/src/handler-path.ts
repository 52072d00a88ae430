/** `./checks/latency.ts` or `./checks/latency.ts#isFast`: a file of the project and a function that it exports. */

export interface HandlerPath {
  /** Relative to the definition. */
  readonly file: string;
  /** Name of the export. */
  readonly exportName: string;
}

/** Relative, with an extension that says JavaScript or TypeScript. */
export const handlerPattern = /^(?![/\\])[^#:\\]*[^#:\\/]\.[cm]?[jt]sx?(#[A-Za-z_$][\w$]*)?$/;

export function readHandlerPath(handler: string): HandlerPath {
  const [file = '', exportName = 'handler'] = handler.split('#');
  return { file, exportName };
}
