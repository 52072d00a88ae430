/** Colours, where the stream that is written to can show them. */
import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** Dresses text; on a stream without colours it returns it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Honours `NO_COLOR`, `FORCE_COLOR` and whether the stream is a terminal. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

export const unpainted: Paint = (_, text) => text;
