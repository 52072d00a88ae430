/** Names of the definition → names that GitHub allows, so that two names never become one. */

/**
 * A name in characters of job IDs and outputs, `[A-Za-z0-9_-]`. Every other character, and `_` itself, becomes `_x` and its
 * code; so `__` never comes out of a name and can join several.
 */
export function encodeName(name: string): string {
  const encoded = name.replaceAll(/[^A-Za-z0-9-]/g, (character) => `_x${character.codePointAt(0)?.toString(16)}-`);
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_id: a letter or `_` comes first.
  return /^[0-9-]/.test(encoded) ? `_${encoded}` : encoded;
}

/** Several names as one. */
export function joinNames(...names: readonly string[]): string {
  return names.map(encodeName).join('__');
}
