/** Where in the app something was constructed, read from a stack trace. */
import { fileURLToPath } from 'node:url';
import type { Place } from '../old-app/old-app.ts';

export interface Frame extends Place {
  /** Class that this frame constructs, if it is a constructor. */
  readonly constructs?: string;
}

/** Frames of the app's own code, innermost first. */
export function ownFrames(stack: string): Frame[] {
  return stack.split('\n').flatMap((line) => {
    const frame = readFrame(line);
    return frame === undefined || isForeign(frame.file) ? [] : [frame];
  });
}

/** `at new OrdersStage (/app/lib/orders-stage.ts:7:5)`, `at file:///app/bin/app.ts:3:1` */
function readFrame(line: string): Frame | undefined {
  const match = /^\s*at (?:(.*?) \()?((?:file:|\/|[A-Za-z]:[\\/]).*?):(\d+)(?::\d+)?\)?$/.exec(line);
  if (match === null) return undefined;
  const [, name = '', location = '', number = ''] = match;
  const constructs = /^(?:async )?new (\S+)/.exec(name)?.[1];
  const path = location.startsWith('file:') ? fileURLToPath(location) : location;
  const file = path.replace(/\?.*$/, '');
  return { file, line: Number(number), ...(constructs !== undefined && { constructs }) };
}

/** Whether a file belongs to a package or to us, rather than to the app. */
export function isForeign(file: string): boolean {
  if (file === __filename) return true;
  // The app itself may be below a directory of that name.
  const root = process.env.CDKPIPE_APP_DIR;
  const path = root !== undefined && file.startsWith(root) ? file.slice(root.length) : file;
  return /[\\/]node_modules[\\/]/.test(path);
}

/** Where `new ClassName(…)` is written, and the file of the class if its constructor is in the trace. */
export function siteOf(stack: string, className: string): { readonly at?: Place; readonly classFile?: string } {
  const frames = ownFrames(stack);
  const index = frames.findLastIndex(({ constructs }) => constructs === className);
  const outer = frames[index + 1];
  return {
    ...(outer && { at: { file: outer.file, line: outer.line } }),
    ...(frames[index] && { classFile: frames[index].file }),
  };
}
