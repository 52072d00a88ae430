/** What an author may call pipelines, waves, deployments and steps. */

/** The narrowest rule that all names must meet: CodePipeline's for pipelines, stages and actions. */
const namePattern = /^[A-Za-z0-9.@_-]{1,100}$/;

export function isName(text: string): boolean {
  return namePattern.test(text);
}

/**
 * Deployments become CDK stages, whose IDs begin with a letter and have no `@`. Their directories in the assembly lose
 * hyphens at the end: `Beta-` would be laid over `Beta`.
 */
export function isDeploymentName(text: string): boolean {
  return isName(text) && /^[A-Za-z][A-Za-z0-9._-]*$/.test(text) && !text.endsWith('-');
}

/** Two names that differ only by case are the same name: people, file systems and consoles mix them up. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}
