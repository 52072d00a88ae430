/** A row of a block: how far down it begins and ends. */
export interface Row {
  readonly top: number;
  readonly bottom: number;
}
