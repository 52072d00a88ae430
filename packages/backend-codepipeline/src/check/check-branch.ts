/** References to the branch of the main source where tags start runs too. */
import { findReferences, findStep, type Plan, type PlanNode, type Problem } from '@cdkpipe/core';
import { branchOfTag } from '../problems/sources.ts';

/**
 * The variables of a connection's source are AuthorDate, BranchName, CommitId, CommitMessage, ConnectionArn and
 * FullRepositoryName; what BranchName holds when a tag was pushed is not documented, so it is refused:
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export function checkBranch({ pipeline: { source }, nodes }: Plan): Problem[] {
  if (source.type !== 'connection' || !source.triggers?.push?.some(({ tags }) => tags)) return [];
  return nodes.flatMap((node) =>
    findReferences(optionsOf(node)?.value).flatMap(({ reference, path }) =>
      reference.$ref === 'source' && reference.attribute === 'branch' && reference.directory === undefined
        ? [branchOfTag({ path: `${optionsOf(node)?.path}.${path}`, node: node.id })]
        : [],
    ),
  );
}

function optionsOf(node: PlanNode): { readonly path: string; readonly value: unknown } | undefined {
  if (node.type === 'build' && node.work.role === 'main') return { path: 'build', value: node.work.build };
  const step = findStep(node);
  return step && { path: `${step.path}.options`, value: step.options };
}
