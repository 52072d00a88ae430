/** How long to wait between two looks: soon at first, as small stacks are quick, then every 5 seconds. */

/** Milliseconds, without end. */
export function* pauses(): Generator<number, never> {
  for (let pause = 500; ; pause = Math.min(5000, pause * 1.5)) yield pause;
}
