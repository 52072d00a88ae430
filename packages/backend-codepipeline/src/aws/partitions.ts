/** The partitions of AWS, told by the first words of their regions. */

const prefixes: readonly (readonly [string, RegExp])[] = [
  ['aws-cn', /^cn-/],
  ['aws-us-gov', /^us-gov-/],
  ['aws-iso', /^us-iso-/],
  ['aws-iso-b', /^us-isob-/],
  ['aws-iso-e', /^eu-isoe-/],
  ['aws-iso-f', /^us-isof-/],
  ['aws-eusc', /^eusc-/],
  ['aws', /^(af|ap|ca|eu|il|me|mx|sa|us)-/],
];

/** For example `aws-cn`; undefined for regions of a form that is not known yet. */
export function findPartition(region: string): string | undefined {
  return prefixes.find(([, pattern]) => pattern.test(region))?.[0];
}
