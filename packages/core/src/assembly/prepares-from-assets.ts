/** Finds templates that CloudFormation cannot make a change set of before their assets are published. */

/** `Type` of a resource whose template CloudFormation reads to say what would change in it. */
const nestedStack = '"AWS::CloudFormation::Stack"';

/**
 * True for a template with a nested stack, a macro or an include: making the change set reads files that are assets.
 * Code and images are only looked at when the change set executes.
 *
 * @param text the template as it was written
 */
export function preparesFromAssets(text: string, template: { readonly Transform?: unknown }): boolean {
  return template.Transform !== undefined || text.includes('"Fn::Transform"') || text.includes(nestedStack);
}
