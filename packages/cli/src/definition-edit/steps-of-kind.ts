/** Finds steps that name their kind by a string, as JSON, YAML and plain objects in scripts do. */

/** Lines on which a step of one of the kinds stands; by their text alone, so that any language will do. */
export function linesWithKind(text: string, kinds: readonly string[]): number[] {
  const written = /(?:^|[\s{,[-])(["']?)kind\1\s*:\s*(["']?)([\w.-]+)\2(?=$|[\s,}\]])/g;
  return text.split('\n').flatMap((line, index) => {
    const isUsed = [...line.matchAll(written)].some(([, , , kind]) => kind !== undefined && kinds.includes(kind));
    return isUsed ? [index + 1] : [];
  });
}
