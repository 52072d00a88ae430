/** Wakes the engine's loop, also for what rang while it was awake. */

export class Bell {
  private hasRung = false;
  private wake: () => void = () => {};

  ring(): void {
    this.hasRung = true;
    this.wake();
  }

  /** What rang so far has been heard. */
  hush(): void {
    this.hasRung = false;
  }

  /** @param milliseconds how long to wait at most; without it, until it rings */
  async listen(milliseconds?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (this.hasRung) resolve();
      if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.wake = () => {};
  }
}
