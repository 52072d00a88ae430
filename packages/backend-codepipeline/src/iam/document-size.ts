/** How many characters IAM will count in a policy document. */

/** Longest value that a reference to a resource is taken to have; the partition is known to be short. */
export const referenceLength = 160;
const partitionLength = 10;

/** An upper bound for a resolved document: IAM counts no white space, and intrinsics are taken at their longest. */
export function documentSize(value: unknown): number {
  if (typeof value === 'string') return JSON.stringify(value).length;
  if (Array.isArray(value)) return 2 + value.reduce<number>((sum, item) => sum + documentSize(item) + 1, 0);
  if (typeof value !== 'object' || value === null) return String(value).length;
  const [[key, inner] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && key === 'Ref') return inner === 'AWS::Partition' ? partitionLength : referenceLength;
  if (more.length === 0 && key === 'Fn::Join' && Array.isArray(inner) && Array.isArray(inner[1]))
    return inner[1].reduce<number>((sum, part) => sum + documentSize(part), 0);
  if (more.length === 0 && key.startsWith('Fn::')) return referenceLength;
  return 2 + Object.entries(value).reduce((sum, [name, item]) => sum + name.length + 4 + documentSize(item), 0);
}
