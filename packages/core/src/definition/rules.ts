/** How an author sets the lint rules of plugins, and acknowledges what they find. */

/** What becomes of the findings of a rule: `error` stops the command, `warning` is shown, `off` leaves the rule out. */
export type RuleLevel = 'off' | 'warning' | 'error';

/** A level, or a level with options of the rule. */
export type RuleSetting = RuleLevel | readonly [RuleLevel, Readonly<Record<string, unknown>>];

/** Settings by the name of the rule, such as `safe-deployments/one-box-first`. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** Why findings are accepted, by the name of the rule: `{ 'safe-deployments/time-window': 'deployed by people only' }`. */
export type Acknowledgements = Readonly<Record<string, string>>;
