/** Says in one line what AWS, or the way to it, answered. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, code } = error as NodeJS.ErrnoException;
  // A connection that was tried by several addresses has a code and no message.
  const text = message || code || name;
  return name === 'Error' || text.includes(name) ? text : `${name}: ${text}`;
}
