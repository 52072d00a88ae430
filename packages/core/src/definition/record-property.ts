/** Learns which property a function reads, so that the definition stays data: the stage itself is constructed later. */
import { outputSelectorInvalid } from '../errors/catalogue/outputs.ts';
import { refused } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';

/**
 * The names that `select` reads, joined by dots.
 *
 * @throws CdkpipeError (`source: 'user'`) when it throws, returns anything but what it has read, or reads something else, too:
 *   a decision would be taken here, on no stage at all
 */
export function recordProperty<Made>(select: (made: Made) => unknown): string {
  const recorder = new Recorder();
  let selected: unknown;
  try {
    selected = select(recorder.at('') as Made);
  } catch (cause) {
    throw refused(
      [outputSelectorInvalid(cause instanceof Misuse ? cause.message : `it throws: ${describeThrown(cause)}`)],
      {
        cause,
      },
    );
  }
  if (recorder.pathOf(selected) === undefined && selected instanceof Promise) {
    // Its rejection says the same.
    selected.catch(() => {});
    throw refused([outputSelectorInvalid('it is asynchronous')]);
  }
  const path = recorder.pathOf(selected);
  const fault = path === undefined ? 'it returns something that is no property of the stage' : recorder.findFault(path);
  if (path === undefined || fault !== undefined) throw refused([outputSelectorInvalid(fault ?? '')]);
  return path;
}

class Misuse extends Error {}

class Recorder {
  readonly #paths = new Map<unknown, string>();

  /** What stands for the value at `path`; empty for the stage. */
  at(path: string): object {
    const shown = path === '' ? 'the stage' : `"${path}"`;
    const refuse = (what: string) => () => {
      throw new Misuse(`it ${what} ${shown}`);
    };
    const stand = new Proxy(function stand() {}, {
      get: (_, key) => {
        if (typeof key === 'symbol') throw new Misuse(`it uses ${shown} as a value`);
        if (!/^[^.]+$/.test(key)) throw new Misuse(`it reads the property "${key}", whose name has a dot or is empty`);
        return this.at(path === '' ? key : `${path}.${key}`);
      },
      apply: refuse('calls'),
      construct: refuse('constructs'),
      set: refuse('changes'),
      deleteProperty: refuse('changes'),
      defineProperty: refuse('changes'),
      has: refuse('inspects'),
      ownKeys: refuse('inspects'),
      getOwnPropertyDescriptor: refuse('inspects'),
      getPrototypeOf: refuse('inspects'),
    });
    this.#paths.set(stand, path);
    return stand;
  }

  pathOf(value: unknown): string | undefined {
    return this.#paths.get(value);
  }

  findFault(selected: string): string | undefined {
    if (selected === '') return 'it returns the stage itself';
    const other = [...this.#paths.values()].find((path) => path !== '' && !`${selected}.`.startsWith(`${path}.`));
    return other === undefined ? undefined : `it reads "${other}" beside "${selected}"`;
  }
}
