/** The log of an action: a file that grows, and whoever watches the run. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ActionLog {
  /** Text without secrets; need not end with a line. */
  print(text: string): void;
  close(): void;
}

export function openActionLog(file: string, header: string, tell: (line: string) => void): ActionLog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(file, 'a', 0o600);
  writeSync(handle, `--- ${header}\n`);
  let line = '';
  return {
    print: (text) => {
      writeSync(handle, text);
      const lines = `${line}${text}`.split(/\r?\n/);
      line = lines.pop() ?? '';
      for (const whole of lines) tell(whole);
    },
    close: () => {
      if (line !== '') tell(line);
      closeSync(handle);
    },
  };
}
