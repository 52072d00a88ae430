/** The partition of a region, and the domain of its services. */

export function partitionOf(region: string): { readonly name: string; readonly suffix: string } {
  if (region.startsWith('cn-')) return { name: 'aws-cn', suffix: 'amazonaws.com.cn' };
  return { name: region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws', suffix: 'amazonaws.com' };
}
