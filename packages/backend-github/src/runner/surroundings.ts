/** What the runner has of the machine that it runs on; tests stand in for it. */

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  fetch(url: string, init: { readonly headers: Readonly<Record<string, string>> }): Promise<Response>;
  log(text: string): void;
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** A variable that GitHub sets. @throws Error naming it where it is missing */
export function required({ env }: Surroundings, name: string): string {
  const value = env[name];
  if (value === undefined || value === '')
    throw new Error(`the variable ${name} is not set; is this a job of GitHub Actions?`);
  return value;
}
