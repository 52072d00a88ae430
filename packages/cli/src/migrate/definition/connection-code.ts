/** The source of an app that does not say where its repository is: a connection to what git has stored. */
import type { GitRemote } from '../../surroundings/git-remote.ts';
import { type Note, notCarried } from '../old-app/note.ts';
import { type Code, call, literal, object } from './code.ts';

export interface Connection {
  readonly remote: GitRemote | undefined;
  /** Repository that stands for one that is not known. */
  readonly placeholder: string;
  /** Account and region of the connection. */
  readonly env: { readonly account: string; readonly region: string };
  /** ARN that the author gave. */
  readonly arn?: string | undefined;
}

export function connectionCode({ remote, placeholder, env, arn }: Connection, notes: Note[]): Code {
  if (remote?.source === 'codeCommit')
    return call('source.codeCommit', literal(remote.repository), object({ branch: literal(remote.branch) }));
  if (remote === undefined)
    notes.push(
      notCarried('the repository has no remote that is known here', 'write the repository and the branch into source'),
    );
  if (arn === undefined)
    notes.push(
      notCarried(
        'the connection to the repository is not known',
        'make one in the console of CodePipeline (Settings, Connections), and write its ARN into source',
      ),
    );
  const made = `arn:aws:codeconnections:${env.region}:${env.account}:connection/00000000-0000-0000-0000-000000000000`;
  return call(
    'source.connection',
    literal(remote?.repository ?? placeholder),
    object({ branch: literal(remote?.branch ?? 'main'), connectionArn: literal(arn ?? made) }),
  );
}
