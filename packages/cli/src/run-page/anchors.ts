/** The names by which places of a report are linked. */

/** Stands in an attribute, so of an ID only letters and digits stay as they are; others become their numbers. */
export function anchorOf(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, (character) => `-${character.charCodeAt(0)}-`);
}
