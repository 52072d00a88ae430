/** What of variables and references CodePipeline cannot honour. */
import { findExporter, findReferences, findStep, type Plan, type PlanNode, type Problem } from '@cdkpipe/core';
import { limits, nameLimits } from '../aws/limits.ts';
import { exportAcrossAccounts } from '../problems/values.ts';
import { templateTextProblems } from '../values/text.ts';
import { checkName, checkNumber } from './within-limits.ts';

export function checkValues(plan: Plan): Problem[] {
  return [...checkVariables(plan), ...plan.nodes.flatMap((node) => checkExports(plan, node))];
}

function checkVariables({ pipeline: { name: pipeline, variables = [] } }: Plan): Problem[] {
  return [
    ...checkNumber(limits.pipelineVariables, `pipeline "${pipeline}"`, variables.length, { path: 'variables' }),
    ...variables.flatMap(({ name, default: value, description }) => {
      const path = `variables[${JSON.stringify(name)}]`;
      const subject = `the variable "${name}"`;
      return [
        ...checkName(nameLimits.variable, name, { path }),
        ...(value === undefined ? [] : checkNumber(limits.variableDefault, subject, value.length, { path })),
        ...(description === undefined
          ? []
          : checkNumber(limits.variableDescription, subject, description.length, { path })),
        ...[value, description].flatMap((text) =>
          text === undefined ? [] : templateTextProblems(text, name, { path }),
        ),
      ];
    }),
  ];
}

function checkExports({ pipeline, nodes }: Plan, node: PlanNode): Problem[] {
  return findReferences(findStep(node)?.options).flatMap(({ reference, path }) => {
    if (reference.$ref !== 'exported') return [];
    const exporter = findExporter(nodes, node, reference.step);
    const [account] = (exporter?.nodes ?? [])
      .map((each) => findStep(each)?.runIn?.account ?? pipeline.env.account)
      .filter((each) => each !== pipeline.env.account);
    const place = { path: `${node.path}.options.${path}`, node: node.id };
    return exporter && account !== undefined ? [exportAcrossAccounts(exporter.id, account, place)] : [];
  });
}
