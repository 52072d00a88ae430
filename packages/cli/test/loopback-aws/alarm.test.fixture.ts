/** An alarm of CloudWatch and what it went through. */
export interface Alarm {
  readonly name: string;
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly reason?: string;
  /** Transitions, the first first. */
  readonly history: { readonly at: Date; readonly from: string; readonly to: string }[];
}
