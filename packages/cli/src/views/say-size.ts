/** Bytes as people read them. */
const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** With three digits at most: `402 MB`, `1.2 GB`. */
export function saySize(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** power;
  return `${size < 10 && power > 0 ? size.toFixed(1) : Math.round(size)} ${units[power]}`;
}
