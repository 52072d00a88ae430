/** The later of two times in ISO 8601, which sort as texts. */
export function laterOf(a: string, b: string): string {
  return [a, b].sort().at(-1) ?? a;
}
