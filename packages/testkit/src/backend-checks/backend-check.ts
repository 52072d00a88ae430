/** What a check of a backend is, and what it answers. */

import type { OpenedBackend } from '../backend/open-backend.ts';
import type { Finding } from '../check/check.ts';

export interface BackendCheck {
  /** `CB` and three digits; stable, so that messages can be looked up. */
  readonly id: string;
  /** What holds where the check passes. */
  readonly title: string;
  /** What goes wrong where it does not. */
  readonly why: string;
  /** What the author of the backend changes. */
  readonly fix: string;
  run(opened: OpenedBackend): Promise<readonly Finding[]>;
}
