/** Finds the values that one template takes from another stack. */

export interface Import {
  readonly from: 'export' | 'stack';
  /** Name of the export, or of the stack. */
  readonly name: string;
  /** How a person would call the value: the name of the export, or of the output. */
  readonly value: string;
}

/** The names under which a template exports outputs; names that are intrinsics are compared by their JSON. */
export function findExportNames(outputs: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.values(outputs).flatMap((output) => {
    const name = (output as { Export?: { Name?: unknown } }).Export?.Name;
    return name === undefined ? [] : [comparable(name)];
  });
}

/** Every `Fn::ImportValue` and `Fn::GetStackOutput`; both need the other stack to exist before a change set is made. */
export function findImports(text: string, template: unknown): Import[] {
  if (!text.includes('"Fn::ImportValue"') && !text.includes('"Fn::GetStackOutput"')) return [];
  const imports: Import[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === 'Fn::ImportValue') imports.push({ from: 'export', name: comparable(item), value: comparable(item) });
      const { StackName, OutputName } = (key === 'Fn::GetStackOutput' ? item : {}) as Record<string, unknown>;
      if (typeof StackName === 'string')
        imports.push({ from: 'stack', name: StackName, value: comparable(OutputName) });
      walk(item);
    }
  };
  walk(template);
  return imports;
}

function comparable(name: unknown): string {
  return typeof name === 'string' ? name : JSON.stringify(name);
}
