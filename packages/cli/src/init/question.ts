/** One thing that `cdkpipe init` must know: asked on a terminal, given by a flag, or suggested. */

/** What is known so far, by the name of the question; each answer is the text a person would type. */
export type Known = Readonly<Record<string, string | undefined>>;

export interface Question {
  /** Name of its flag, and of its answer. */
  readonly name: string;
  /** What is asked; also the description of the flag. */
  readonly message: string;
  /** Stands for the answer in the help of its flag, for example `ACCOUNT`. */
  readonly value: string;
  /** What an answer is, for messages: `an AWS account of 12 digits`. */
  readonly expected: string;
  /** The answers there are, where they can be counted. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Whether the answer is needed, which earlier answers decide. */
  applies?(known: Known): boolean;
  /** Judges with what is known: an earlier answer may narrow this one, and its absence widens it. */
  accepts(text: string, known: Known): boolean;
  /** What `--yes` takes and a terminal offers. */
  suggest(known: Known): string;
  /** Whether the suggestion only holds a place: nobody can know the answer but the author. */
  readonly isPlaceholder?: boolean;
}
