/** Loaded into the processes of an app that is moved, before the app: writes what the app constructed to a file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRecording } from './constructed.ts';
import { describeApp } from './describe-app.ts';

const directory = process.env.CDKPIPE_RECORD_DIR;

if (directory !== undefined) {
  startRecording();
  // npx, npm and ts-node are processes of their own: each writes its file, and only that of the app holds something.
  process.on('exit', (code) => {
    if (code !== 0) return;
    const file = join(directory, `${process.pid}.json`);
    try {
      const app = describeApp();
      if (app !== undefined) writeFileSync(file, JSON.stringify({ app }));
    } catch (error) {
      writeFileSync(file, JSON.stringify({ fault: String((error as Error).stack) }));
    }
  });
}
