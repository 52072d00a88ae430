/** The log of an action: a file that grows up to its limit, and whoever watches the run. */
import { appendFileSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { cutLines } from './cut-lines.ts';
import { logLimitVariable } from './log-limit.ts';

export interface ActionLog {
  /** Text without secrets; need not end with a line. */
  print(text: string): void;
  close(): void;
}

export interface ActionLogInput {
  readonly file: string;
  readonly header: string;
  /** Bytes; of what is printed beyond it only the end is kept. */
  readonly limit: number;
  tell(line: string): void;
  /** Told, once, why nothing more can be written; who prints cannot know what to do about it. */
  lose(error: unknown): void;
}

/** Characters of the end that are kept beyond the limit. */
const tailLength = 64 * 1024;

/** Lines of the end that those who watch are told: what a failure shows. */
const tailLines = 20;

export function openActionLog({ file, header, limit, tell, lose }: ActionLogInput): ActionLog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(file, 'a', 0o600);
  let isOpen = true;
  const closeFile = () => {
    if (isOpen) closeSync(handle);
    isOpen = false;
  };
  const write = (text: string | Buffer) => {
    if (!isOpen) return;
    try {
      appendFileSync(handle, text);
    } catch (error) {
      closeFile();
      lose(error);
    }
  };
  write(`--- ${header}\n`);
  const lines = cutLines(tell);
  let left = limit;
  let dropped: Tail | undefined;
  return {
    print: (text) => {
      if (dropped) {
        dropped.push(text);
        return;
      }
      const bytes = Buffer.byteLength(text);
      if (bytes <= left) {
        left -= bytes;
        write(text);
        lines.push(text);
        return;
      }
      const begin = cutAt(text, left);
      write(`${begin}\n--- ${limitNote(limit)}\n`);
      lines.push(`${begin}\n${limitNote(limit)}\n`);
      dropped = new Tail();
      dropped.push(text.slice(begin.length));
    },
    close: () => {
      if (dropped) {
        const { lost, text } = dropped.end();
        const note = lost > 0 ? `${lost} characters were dropped here\n` : '';
        write(`${note && `--- ${note}`}${text}`);
        lines.push(`${note}${text.split('\n').slice(-tailLines).join('\n')}`);
      }
      lines.end();
      closeFile();
    },
  };
}

function limitNote(limit: number): string {
  const mebibytes = limit / (1024 * 1024);
  return `the log has reached its limit of ${mebibytes} MiB (${logLimitVariable}); of what follows only the end is kept`;
}

/** The beginning of a text that takes at most that many bytes, without half a letter. */
function cutAt(text: string, bytes: number): string {
  // In a stream, the decoder waits for the rest of a letter that was cut in two.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return decoder.decode(Buffer.from(text).subarray(0, bytes), { stream: true });
}

/** The last characters of a long text. */
class Tail {
  private lost = 0;
  private kept = '';

  push(text: string): void {
    this.kept += text;
    if (this.kept.length > 2 * tailLength) this.cut(this.kept.length - tailLength);
  }

  /** What is kept, from the beginning of a line where there is one, and how many characters before it are not. */
  end(): { readonly lost: number; readonly text: string } {
    if (this.kept.length > tailLength) this.cut(this.kept.length - tailLength);
    if (this.lost > 0) this.cut(this.kept.indexOf('\n') + 1);
    return { lost: this.lost, text: this.kept };
  }

  private cut(characters: number): void {
    this.lost += characters;
    this.kept = this.kept.slice(characters);
  }
}
