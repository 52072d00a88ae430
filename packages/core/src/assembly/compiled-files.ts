/** Many pieces of compiled code in one file, as reading one is faster than reading hundreds. */

export interface CompiledFile {
  /** What tells the source from an earlier one of the same name. */
  readonly version: string;
  readonly data: Buffer;
}

/** Length of the table of contents, the table as JSON, then the pieces. */
export function packCompiled(files: ReadonlyMap<string, CompiledFile>): Buffer {
  const table = [...files].map(([name, { version, data }]) => [name, version, data.length]);
  const contents = Buffer.from(JSON.stringify(table));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(contents.length);
  return Buffer.concat([length, contents, ...[...files.values()].map(({ data }) => data)]);
}

/**
 * @throws Error when the bytes are not what {@link packCompiled} made
 */
export function unpackCompiled(bytes: Buffer): Map<string, CompiledFile> {
  const begin = 4 + bytes.readUInt32LE(0);
  const table = JSON.parse(bytes.toString('utf8', 4, begin)) as [string, string, number][];
  let at = begin;
  const files = table.map(([name, version, length]): [string, CompiledFile] => {
    const data = bytes.subarray(at, at + length);
    at += length;
    return [name, { version, data }];
  });
  if (at !== bytes.length) throw new RangeError('the file ends elsewhere than its table says');
  return new Map(files);
}
