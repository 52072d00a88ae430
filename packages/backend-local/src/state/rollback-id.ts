/** What logs and faults call the way back of a stack: `ProdEu/Api:rollback`. */
export function rollbackId(stack: string): string {
  return `${stack}:rollback`;
}
