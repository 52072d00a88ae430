/** May an action that was cut in the middle run again? `ask` leaves that to a person. */
export type Retry = 'safe' | 'ask' | 'never';

/** How the run stands to the real world. */
export type RunMode = 'rehearsal' | 'deploy';
