/** Cuts text that comes in pieces into lines of bounded length, in linear time. */

/** Characters of a line that are passed on; the rest of a longer one is only counted. */
export const longestLine = 10_000;

export interface LineCutter {
  push(text: string): void;
  /** Passes on what was not ended by a line break. */
  end(): void;
}

export function cutLines(tell: (line: string) => void): LineCutter {
  let kept = '';
  let length = 0;
  const add = (text: string) => {
    if (kept.length < longestLine) kept += text.slice(0, longestLine - kept.length);
    length += text.length;
  };
  const flush = () => {
    const more = length - kept.length;
    tell(more > 0 ? `${kept} … (${more} more characters)` : kept.replace(/\r$/, ''));
    kept = '';
    length = 0;
  };
  return {
    push: (text) => {
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        add(text.slice(from, at));
        flush();
        from = at + 1;
      }
      if (from < text.length) add(text.slice(from));
    },
    end: () => {
      if (length > 0) flush();
    },
  };
}
