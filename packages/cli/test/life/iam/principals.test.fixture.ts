/**
 * The Principal element: whether it names a caller, and how directly.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { accountOf, type Caller, listOf, type PrincipalElement, type Statement } from './policy.test.fixture.ts';

/**
 * `account` leaves the decision to policies of the account's own; `role` lets the role in as far as its boundary allows;
 * `session` and `everyone` let the caller in whatever its own policies leave out. A service is let in by name.
 */
export type Naming = 'account' | 'role' | 'session' | 'everyone' | 'service';

export function findNaming({ Principal, NotPrincipal }: Statement, caller: Caller): Naming | undefined {
  if (NotPrincipal !== undefined) return isExcepted(NotPrincipal, caller) ? undefined : 'everyone';
  if (Principal === undefined) return undefined;
  if (Principal === '*') return 'everyone';
  if ('service' in caller) return listOf(Principal.Service).includes(caller.service) ? 'service' : anyone(Principal);
  return strongest(listOf(Principal.AWS).map((named) => namingOf(named, caller)));
}

function anyone(principal: Exclude<PrincipalElement, '*'>): Naming | undefined {
  return listOf(principal.AWS).includes('*') ? 'everyone' : undefined;
}

function namingOf(named: string, caller: Caller): Naming | undefined {
  if (named === '*') return 'everyone';
  const account = accountOf(caller);
  if (named === account || named.endsWith(`:iam::${account}:root`)) return 'account';
  if (!('role' in caller)) return undefined;
  if (named === caller.role) return 'role';
  return named === sessionOf(caller) ? 'session' : undefined;
}

function sessionOf({ role, session }: { role: string; session?: string }): string | undefined {
  const [, partition, , , account, path = ''] = role.split(':');
  const name = path.split('/').at(-1);
  return session === undefined ? undefined : `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
}

const order: readonly Naming[] = ['account', 'role', 'service', 'session', 'everyone'];

function strongest(found: readonly (Naming | undefined)[]): Naming | undefined {
  return order.findLast((naming) => found.includes(naming));
}

/**
 * AWS asks for the account, the role and the session in one list, and denies who is not there in each form:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isExcepted(element: PrincipalElement, caller: Caller): boolean {
  if (element === '*') return true;
  if ('service' in caller) return listOf(element.Service).includes(caller.service);
  const namings = listOf(element.AWS).map((named) => namingOf(named, caller));
  const faces: readonly Naming[] =
    'role' in caller && caller.session !== undefined
      ? ['account', 'role', 'session']
      : 'role' in caller
        ? ['account', 'role']
        : ['account'];
  return faces.every((face) => namings.includes(face));
}
