/** One rule of EventBridge that notifies people. */
import type { EventPattern } from '../sources/event-trigger.ts';

export interface NoticeRule {
  /** ID of its construct. */
  readonly id: string;
  readonly description: string;
  readonly pattern: EventPattern;
  /** Fields of the event, by the name that stands for each in `text`, inside `<` and `>`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
}
