import { describe, expect, test } from 'vitest';
import { parseWorkflowText } from './parse-workflow.ts';

const workflow = (jobs: string) => `on: push\njobs:\n${jobs}`;
const job = (id: string, lines = '') =>
  `  ${id}:\n    runs-on: ubuntu-24.04\n${lines}    steps:\n      - run: 'true'\n`;

describe('the parser of GitHub', () => {
  test('reads dependencies and conditions', async () => {
    const text = workflow(`${job('a')}${job('b', "    needs: a\n    if: github.ref == 'refs/heads/main'\n")}`);
    expect(await parseWorkflowText('x.yml', text)).toEqual({
      errors: [],
      jobs: [
        { id: 'a', needs: [], condition: 'success()' },
        { id: 'b', needs: ['a'], condition: "success() && (github.ref == 'refs/heads/main')" },
      ],
    });
  });

  test('shows a condition that runs after a failure', async () => {
    const { jobs } = await parseWorkflowText('x.yml', workflow(job('a', '    if: always()\n')));
    expect(jobs[0]?.condition).toBe('always()');
  });

  test.each([
    ['an unknown key', job('a', '    retries: 3\n'), /retries/],
    ['a dependency on nothing', job('a', '    needs: b\n'), /b/],
    ['an expression that does not end', job('a', '    name: ${{ github.x == }}\n'), /expression/],
    ['a context that is not there', job('a', '    name: ${{ secrets.KEY }}\n'), /secrets/],
  ])('refuses %s', async (_title, jobs, expected) => {
    const { errors } = await parseWorkflowText('x.yml', workflow(jobs));
    expect(errors.join('\n')).toMatch(expected);
  });
});
