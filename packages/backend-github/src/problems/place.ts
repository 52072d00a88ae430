/** Where a fault is, as problems say it. */

/** A place in the definition, or a node of the plan. */
export interface Place {
  readonly path?: string;
  readonly node?: string;
}

export const at = ({ path, node }: Place) => ({
  ...(path === undefined ? {} : { path }),
  ...(node === undefined ? {} : { node }),
});
