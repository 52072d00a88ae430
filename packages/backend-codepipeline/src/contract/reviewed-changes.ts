/** What a review is told of change sets. */

/**
 * Why a person should look at change sets: they hold `changes` at all; `permissions` broaden; a `stateful` resource would
 * be replaced or deleted.
 */
export type ReviewConcern = 'changes' | 'permissions' | 'stateful';

/** What a step in `changes` can show of the change sets it reviews; CodePipeline fills it in. */
export interface ReviewedChanges {
  /**
   * All that would change, in one line of at most `room` characters.
   *
   * @throws CdkpipeError `REVIEW_ROOM_TOO_SMALL` when `room` is less than 150
   */
  summary(room: number): string;
  /** Broader permissions and stateful resources at risk only; else like {@link summary}. */
  findings(room: number): string;
  /** SHA-256 of the change sets, 64 hex digits. Exactly those execute, or nothing does. */
  readonly digest: string;
  /**
   * The text of an approval: `text`, then what would change, then the digest; at most 1,000 characters in all.
   *
   * @param text as `text` of the context returned it, empty for none; a variable in it counts as 100 characters
   * @throws CdkpipeError `COMMENT_TOO_LONG` when `text` leaves less than 150 characters for the changes
   */
  comment(text: string, about: 'summary' | 'findings'): string;
}
