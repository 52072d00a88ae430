/** Opens a file with the program that the platform has for it. */
import { spawn } from 'node:child_process';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ['open'],
  // `start` would be a command of a shell, which reads the name of the file as code.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** An opener that has not failed after this many milliseconds is a program that shows the file. */
const patience = 2_000;

/** @returns false where there is no opener, or it says that it has none for the file */
export function openFile(file: string, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(command, [...args, file], { env, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => resolve(true), patience);
    const settle = (opened: boolean) => {
      clearTimeout(timer);
      resolve(opened);
    };
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0));
    child.unref();
  });
}
