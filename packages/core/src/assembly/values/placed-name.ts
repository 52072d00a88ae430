/** Names together with the place in which each is unique. */
import { type Environment, environmentName } from '../../model/environment.ts';

/** A name with its account and region. */
export function placed(env: Environment, name: string): string {
  return `${environmentName(env)} ${name}`;
}

/** Parameters of Systems Manager are addressed with and without the slash in front. */
export function parameterName(name: string): string {
  return name.replace(/^\//, '');
}
