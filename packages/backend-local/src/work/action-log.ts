/** The log of an action: a file that grows, and whoever watches the run. */
import { appendFileSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ActionLog {
  /** Text without secrets; need not end with a line. */
  print(text: string): void;
  close(): void;
}

/** @param lose told, once, why nothing more can be written; who prints cannot know what to do about it */
export function openActionLog(
  file: string,
  header: string,
  tell: (line: string) => void,
  lose: (error: unknown) => void,
): ActionLog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(file, 'a', 0o600);
  let isOpen = true;
  const write = (text: string) => {
    if (!isOpen) return;
    try {
      appendFileSync(handle, text);
    } catch (error) {
      close();
      lose(error);
    }
  };
  const close = () => {
    if (isOpen) closeSync(handle);
    isOpen = false;
  };
  write(`--- ${header}\n`);
  let line = '';
  return {
    print: (text) => {
      write(text);
      const lines = `${line}${text}`.split(/\r?\n/);
      line = lines.pop() ?? '';
      for (const whole of lines) tell(whole);
    },
    close: () => {
      if (line !== '') tell(line);
      close();
    },
  };
}
