/** Pairs the words of two templates that are the same stack of two deployments. */

/** What the words of a template may be made from. */
interface Wording {
  /** Words at odd places, what stands between them at even ones. */
  readonly words: readonly string[];
  readonly account?: string;
  readonly region?: string;
  readonly deployment?: string;
}

export function splitWords(text: string): readonly string[] {
  return text.split(/([A-Za-z0-9_.-]+)/);
}

/**
 * Which word of the copy stands for which of the original. Undefined unless the words correspond one to one and each
 * that differs is explained by account, deployment or a hash of the CDK, in the same place and of the same length: no
 * rule can tell such templates apart.
 */
export function pairWords(original: Wording, copy: Wording): ReadonlyMap<string, string> | undefined {
  const { words } = original;
  if (original.region !== copy.region || words.length !== copy.words.length) return undefined;
  if ((original.account === undefined) !== (copy.account === undefined)) return undefined;
  const forth = new Map<string, string>();
  const back = new Map<string, string>();
  const explained = new Set<string>();
  const explainedAsOwn = new Set<string>();
  for (const [index, mine] of words.entries()) {
    const theirs = copy.words[index] ?? '';
    if (mine === theirs) continue;
    const isOwn = words[index - 2] === 'StackName' || isOwnPlace(words[index - 1]?.at(-1), words[index + 1]?.at(0));
    const known = isOwn ? explainedAsOwn : explained;
    if (index % 2 === 0 || !(known.has(mine) || isExplained([mine, theirs], isOwn, original, copy))) return undefined;
    known.add(mine);
    if ((forth.get(mine) ?? theirs) !== theirs || (back.get(theirs) ?? mine) !== mine) return undefined;
    forth.set(mine, theirs);
    back.set(theirs, mine);
  }
  // A word that stands for another may not also stand for itself.
  const isTornApart = words.some((mine, index) => mine === copy.words[index] && (forth.has(mine) || back.has(mine)));
  return isTornApart ? undefined : forth;
}

/** Whether a path (`Beta/…`) or an export (`"Beta-Data:…`) of the CDK may begin with a word between these. */
function isOwnPlace(before: string | undefined, after: string | undefined): boolean {
  return (after === '/' && (before === '"' || before === ' ')) || (after === ':' && before === '"');
}

type WordPair = readonly [string, string];

/**
 * The CDK writes a deployment's name into identifiers that end in a hash, and where paths, exports and names of stacks
 * begin. Anywhere
 * else a word like it may mean something: deployments can be called `small` and `large`.
 */
function isExplained(pair: WordPair, isOwn: boolean, original: Wording, copy: Wording): boolean {
  if (pair[0].length !== pair[1].length) return false;
  const anywhere = () => true;
  let rest = blankNames(pair, [original.account, copy.account], anywhere);
  // API Gateway names each deployment after its content, and writes that hash behind the usual one.
  rest = blankHashes(rest, /[0-9a-f]{32,}/g);
  const hashless = blankHashes(rest, /[0-9A-F]{8,}/g);
  const isIdentifier = hashless[0] !== rest[0];
  rest = blankNames(hashless, [original.deployment, copy.deployment], (at) => isIdentifier || (isOwn && at === 0));
  return rest[0] === rest[1];
}

/** Blanks the names where both words have them in the same place. */
function blankNames(
  [mine, theirs]: WordPair,
  [name, other]: readonly [string | undefined, string | undefined],
  isPlace: (at: number) => boolean,
): WordPair {
  if (!name || !other || shapeOf(name) !== shapeOf(other)) return [mine, theirs];
  const isBoth = (at: number) => mine.startsWith(name, at) && theirs.startsWith(other, at) && isPlace(at);
  const places = [...mine.matchAll(literally(name))].map(({ index }) => index).filter(isBoth);
  return [blank(mine, places, name.length), blank(theirs, places, name.length)];
}

/** Blanks what looks like a hash in both words; two numbers are none, as a rule may weigh them. */
function blankHashes([mine, theirs]: WordPair, pattern: RegExp): WordPair {
  const places = [...mine.matchAll(pattern)].filter(({ 0: hash, index }) => {
    const other = theirs.slice(index, index + hash.length);
    return other.match(pattern)?.[0] === other && /[a-f]/i.test(hash + other);
  });
  const blanked = (text: string) =>
    places.reduce((rest, { 0: hash, index }) => blank(rest, [index], hash.length), text);
  return [blanked(mine), blanked(theirs)];
}

/** Blanks are no part of a word, so what is blank in both was explained in both. */
function blank(text: string, places: readonly number[], length: number): string {
  return places.reduce((rest, at) => rest.slice(0, at) + ' '.repeat(length) + rest.slice(at + length), text);
}

/** What a pattern in a schema could ask of a name: its length, and which characters stand where. */
function shapeOf(name: string): string {
  return name.replace(/[A-Z]/g, 'A').replace(/[a-z]/g, 'a').replace(/[0-9]/g, '0');
}

function literally(text: string): RegExp {
  return new RegExp(text.replace(/[^A-Za-z0-9]/g, '\\$&'), 'g');
}
