/** Says in one line each what oclif says of a command line, of which it gives nothing but texts. */

const rewordings: readonly (readonly [RegExp, string])[] = [
  [/^Missing required flag (\S+)$/, '--$1 is missing'],
  [/^--([^\s=]+)(?:=\S*)? cannot also be provided when using --(\S+)$/, '--$1 and --$2 exclude each other'],
  [/^Parsing --(\S+)\s+Expected an integer but received: (.*)$/s, '--$1 takes a whole number, not "$2"'],
];

export function reworded(message: string): string[] {
  const [text = ''] = message.replace(/\n?See more help with --help$/, '').split('\n\nNote: ');
  const faults = /^The following errors? occurred:\n(.*)$/s.exec(text)?.[1];
  const lines = faults === undefined ? [text] : faults.split('\n').map((line) => line.trim());
  const told = lines.map(rewordedLine);
  // Of two that exclude each other oclif tells twice.
  return told.filter((line, index) => told.findIndex((other) => sorted(other) === sorted(line)) === index);
}

function rewordedLine(line: string): string {
  const [pattern, words] = rewordings.find(([candidate]) => candidate.test(line)) ?? [];
  if (pattern && words !== undefined) return line.replace(pattern, words);
  return line.charAt(0).toLowerCase() + line.slice(1);
}

function sorted(line: string): string {
  return line.split(' ').sort().join(' ');
}
