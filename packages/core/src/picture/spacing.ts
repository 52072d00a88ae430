/** The distances of a picture, in pixels. */
export const spacing = {
  /** Between two nodes of a row. */
  column: 16,
  /** Between two rows of a lane; edges bend there. */
  row: 30,
  /** Room that an edge takes where it passes a row without a node of its own. */
  passing: 14,
  /** Between two lines that run beside each other. */
  line: 6,
  /** Around the content of a lane, and above it for its name. */
  lane: { side: 14, top: 34, bottom: 14 },
  /** Around the content of a group, and above it for its name. */
  group: { side: 16, top: 34, bottom: 16, minWidth: 208 },
  /** Between lanes that stand beside each other. */
  beside: 20,
  /** Between two shelves of a group, without the lines that run there. */
  shelf: 24,
  /** Between two groups. */
  groups: 28,
} as const;
