/** Joins texts and values into one configuration value. */
import type { CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import type { ComposedText } from './options.ts';

/** Neighbouring texts are joined before they are marked as data, so that no variable can arise between two of them. */
export function composeText(value: ComposedText, option: string, context: CodePipelineContext): string {
  let composed = '';
  let text = '';
  const flush = () => {
    if (text !== '') composed += context.text(text, option);
    text = '';
  };
  for (const part of [value].flat()) {
    if (typeof part === 'string') {
      text += part;
    } else {
      flush();
      composed += context.value(part);
    }
  }
  flush();
  return composed;
}
