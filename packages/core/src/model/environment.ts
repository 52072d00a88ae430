/** An AWS account and a region: where something lives. */
export interface Environment {
  /** 12 digits. */
  readonly account: string;
  /** For example `eu-west-1`. */
  readonly region: string;
}

/** True for twelve digits. */
export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** True for texts of a region's form, such as `us-gov-west-1`; whether AWS has it is not asked. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/** `account/region`, the way the plan and the messages write an environment. */
export function environmentName(environment: Environment): string {
  return `${environment.account}/${environment.region}`;
}

export function isSameEnvironment(a: Environment, b: Environment): boolean {
  return a.account === b.account && a.region === b.region;
}
