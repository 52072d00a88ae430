/** What was published to a topic. */

export interface PublishedMessage {
  /** ARN. */
  readonly topic: string;
  readonly subject: string;
  /** By protocol. */
  readonly messages: Readonly<Record<string, string>>;
}
