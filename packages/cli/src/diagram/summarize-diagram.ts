/** Shows each deployment as one box with counts, where all actions would be too many to read. */
import { counted } from '../outline/counted.ts';
import type { Diagram, DiagramNode, DiagramState } from './diagram.ts';

/** More than this nobody reads in one picture. */
export const mostNodes = 150;

/** @param always also where the actions are few */
export function summarizeDiagram(diagram: Diagram, always = false): Diagram {
  if (!always && diagram.nodes.length <= mostNodes) return diagram;
  const boxes = new Map<string, DiagramNode[]>();
  const boxOf = new Map<string, string>();
  for (const node of diagram.nodes) {
    const box = node.lane === undefined ? node.id : `${node.stage} ${node.lane}`;
    boxOf.set(node.id, box);
    const members = boxes.get(box);
    if (members === undefined) boxes.set(box, [node]);
    else members.push(node);
  }
  const nodes = [...boxes].map(([id, members]): DiagramNode => {
    const [first] = members;
    const waited = members.flatMap(({ after }) => after.map((each) => boxOf.get(each) ?? each));
    const after = [...new Set(waited)].filter((each) => each !== id);
    if (first?.lane === undefined) return { ...(first as DiagramNode), after };
    return { ...summaryOf(first.lane, members, diagram.laneNotes.get(first.lane)), id, stage: first.stage, after };
  });
  return { ...diagram, nodes };
}

function summaryOf(lane: string, members: readonly DiagramNode[], note: string | undefined) {
  const gates = members.filter(({ shape }) => shape === 'gate');
  const details = [
    ...(note === undefined ? [] : [note]),
    counted(members.length, 'action'),
    ...(gates.length === 0 ? [] : [`◆ ${counted(gates.length, 'gate')}`]),
  ];
  const state = stateOf(members);
  return {
    shape: 'deployment' as const,
    title: lane,
    details,
    description: [
      `deployment ${lane}`,
      ...details,
      ...(gates.length === 0 ? [] : [`gates: ${gates.map(({ title }) => title).join(', ')}`]),
    ].join(', '),
    ...(state === undefined ? {} : { state }),
  };
}

/** What a person must see first. */
const urgency: readonly DiagramState[] = [
  'failed',
  'rejected',
  'waiting',
  'running',
  'pending',
  'skipped',
  'succeeded',
];

function stateOf(members: readonly DiagramNode[]): DiagramState | undefined {
  return urgency.find((state) => members.some((member) => member.state === state));
}
