/** A source action as its kind of source says it; what all have in common is added by who draws it. */
import type { ActionDeclaration } from '../contract/action-declaration.ts';

export type SourceAction = Pick<ActionDeclaration, 'provider' | 'owner' | 'configuration' | 'grants'>;
