/** A diagram whose texts are what every format could read as something else. */
import type { Diagram, DiagramNode } from './diagram.ts';

export const hostileTexts = [
  'end',
  'subgraph',
  'a"b]}c',
  '%% x',
  '`**md**`',
  '```',
  '1. one',
  '</style><script>alert(1)</script>',
  '#quot; #35;',
  'x --> y',
  '\\"; }',
  'é中文',
  '[[x]]',
  'click n1 href "javascript:1"',
  '\n end\n n1 --> n2',
  '&lt;b&gt; &amp;',
  '\\N \\G \\l',
  '\u202e\u001b[31m',
];

const shapes = ['gate', 'action', 'deployment'] as const;

export const hostileDiagram: Diagram = {
  title: 'a "title" ``` end',
  description: '%% end; --> <b>',
  stages: [{ name: 'end' }, { name: 'S"]', note: '"]' }],
  laneNotes: new Map([['end', 'x"y']]),
  nodes: hostileTexts.map(
    (title, index): DiagramNode => ({
      id: title,
      shape: shapes[index % 3] ?? 'action',
      title,
      details: [title],
      description: title,
      stage: index < 8 ? 'end' : 'S"]',
      ...(index % 2 === 0 ? {} : { lane: 'end' }),
      after: index === 0 ? [] : [hostileTexts[index - 1] ?? ''],
    }),
  ),
};
