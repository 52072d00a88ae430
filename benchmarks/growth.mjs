/** Says whether the time per stack grows with the number of stacks. */

/**
 * @param {string} what the command
 * @param {{ count: number, wall: number }[]} points ascending by count
 */
export function growth(what, points) {
  const [first] = points;
  const perStack = ({ count, wall }) => (wall / count) * 1000;
  const perFurtherStack = (index) => {
    const [from, to] = [points[index - 1], points[index]];
    return ((to.wall - from.wall) / (to.count - from.count)) * 1000;
  };
  const last = points.length - 1;
  return {
    title: `Growth of ${what}`,
    columns: ['few stacks', 'many stacks'],
    unit: 'ms',
    rows: [
      ...points.slice(1).map((point) => ({
        what: `per stack, ${point.count} beside ${first.count}`,
        reference: perStack(first),
        measured: perStack(point),
        target: 1,
      })),
      {
        what: `each further stack, ${points[last - 1].count}–${points[last].count} beside ${first.count}–${points[1].count}`,
        reference: perFurtherStack(1),
        measured: perFurtherStack(last),
      },
    ],
  };
}
