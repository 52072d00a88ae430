/** Colours, where the stream that is written to can show them. */
import { styleText } from 'node:util';
import { markOfStyle } from '../terminal/marks.ts';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** Dresses text; on a stream without colours it returns it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Honours `NO_COLOR`, `FORCE_COLOR` and whether the stream is a terminal. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => {
    const [open, close] = codesOf(styleText(style, ' ', { stream }));
    return open === undefined || close === undefined ? text : `${markOfStyle(open)}${text}${markOfStyle(close)}`;
  };
}

function codesOf(styled: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what styles begin with.
  return [...styled.matchAll(/\x1b\[([\d;]+)m/g)].flatMap(([, code]) => code ?? []);
}

export const unpainted: Paint = (_, text) => text;
