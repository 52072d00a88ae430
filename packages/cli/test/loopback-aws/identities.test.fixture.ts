/** Who calls: users of accounts with fixed keys, and sessions of roles that exist. */
import { randomBytes } from 'node:crypto';
import { AwsFault } from './fault.test.fixture.ts';
import type { Resource } from './resource-store.test.fixture.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Caller {
  readonly account: string;
  /** As `GetCallerIdentity` gives it. */
  readonly arn: string;
  /** The role of a session; absent for the administrator of an account. */
  readonly role?: Resource;
  /** Name of the session. */
  readonly session?: string;
}

const administrator = (account: string): Caller => ({ account, arn: `arn:aws:iam::${account}:user/admin` });

/** Long-term keys begin with AKIA, those of sessions with ASIA: IAM User Guide, "IAM identifiers". */
export const administratorOf = (account: string): Credentials => ({
  accessKeyId: `AKIA${account}`,
  secretAccessKey: 'secret',
});

/** Stands for the access key of a call that nobody signed. */
export const anonymous = 'anonymous';

export class Identities {
  readonly #sessions = new Map<string, Caller>();

  openSession(role: Resource, session: string): Credentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const arn = `arn:aws:sts::${role.account}:assumed-role/${role.name}/${session}`;
    this.#sessions.set(accessKeyId, { account: role.account, arn, role, session });
    return { accessKeyId, secretAccessKey: 'secret', sessionToken: `token-of-${accessKeyId}` };
  }

  /** @throws AwsFault for keys that were never handed out */
  callerOf(accessKeyId: string): Caller {
    if (accessKeyId === anonymous) return { account: '', arn: 'anonymous' };
    const caller = this.#sessions.get(accessKeyId);
    if (caller) return caller;
    const [, account] = /^AKIA(\d{12})$/.exec(accessKeyId) ?? [];
    if (account === undefined)
      throw new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    return administrator(account);
  }
}
