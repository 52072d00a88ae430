/** The questions of `cdkpipe plugins:create`, in the order in which they are asked. */
import type { Question } from '../init/question.ts';
import { isKindName, kindFrom } from './plugin-names.ts';

const choices = [
  { value: 'lower', label: 'by other kinds: works on every backend that draws those' },
  { value: 'renderer', label: 'by renderers of its own, one for each backend' },
];

export function pluginQuestions(packageName: string): readonly Question[] {
  return [
    {
      name: 'kind',
      message: 'Name of its kind, and of the function that authors call',
      value: 'KIND',
      expected: 'a name such as pageCheck, which no word of JavaScript is called',
      accepts: isKindName,
      suggest: () => kindFrom(packageName),
    },
    {
      name: 'drawn',
      message: 'How the kind is drawn',
      value: choices.map(({ value }) => value).join('|'),
      expected: 'lower or renderer',
      choices,
      accepts: (text) => choices.some(({ value }) => value === text),
      suggest: () => 'lower',
    },
  ];
}
