export interface ParsedError {
  readonly group: string;
  readonly meaning: readonly string[];
  readonly example: string;
  readonly fix: readonly string[];
}
export function parseErrors(page: string): Readonly<Record<string, ParsedError>>;
