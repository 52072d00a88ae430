/** Packs statements into documents that IAM takes. */
import { documentSize } from './document-size.ts';
import type { ReasonedStatement } from './statements.ts';

/** What a document has around its statements. */
const frame = 60;

/**
 * Fills documents in order, the first of at most `sizes[0]` characters and so on; the last size holds for all that
 * follow. A statement that does not fit as a whole is cut by its resources.
 */
export function splitStatements(
  statements: readonly ReasonedStatement[],
  sizes: readonly [number, ...number[]],
): ReasonedStatement[][] {
  const documents: ReasonedStatement[][] = [];
  let document: ReasonedStatement[] = [];
  let room = 0;
  for (const whole of statements) {
    for (let rest: ReasonedStatement | undefined = whole; rest; ) {
      const isFresh = documents.length > 0 && document.length === 0;
      const [piece, left]: Cut = cut(rest, room, isFresh ? 1 : 0);
      if (piece) {
        document.push(piece);
        room -= documentSize(piece.statement) + 1;
      }
      rest = left;
      if (!rest) continue;
      room = (sizes[Math.min(documents.length, sizes.length - 1)] ?? 0) - frame;
      document = [];
      documents.push(document);
    }
  }
  return documents;
}

/** What fits of a statement, and what is left of it. */
type Cut = readonly [ReasonedStatement | undefined, ReasonedStatement | undefined];

/** @param least resources to take even if they do not fit; reading the template back reports what is too large */
function cut(reasoned: ReasonedStatement, room: number, least: number): Cut {
  const { statement } = reasoned;
  if (documentSize(statement) + 1 <= room) return [reasoned, undefined];
  let size = documentSize({ ...statement, Resource: [] }) + 1;
  const fitting = statement.Resource.findIndex((resource) => {
    size += documentSize(resource) + 1;
    return size > room;
  });
  const count = Math.max(fitting, least);
  if (count === 0) return [undefined, reasoned];
  const part = (Resource: readonly unknown[]) => ({ ...reasoned, statement: { ...statement, Resource } });
  const left = statement.Resource.slice(count);
  return [part(statement.Resource.slice(0, count)), left.length > 0 ? part(left) : undefined];
}
