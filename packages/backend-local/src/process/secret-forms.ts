/** The forms in which the value of a secret may be printed: as it is, and in the encodings that tools use. */

/**
 * Shorter values are not masked, in characters: `1`, `on` or `dev` are in every log, and masking them hides the log and
 * shows the value, as a reader sees what is missing.
 */
export const shortestSecret = 4;

export interface SecretForms {
  /** To be found as they are. */
  readonly plain: readonly string[];
  /** Base64 and hexadecimal: tools wrap their lines. */
  readonly wrapped: readonly string[];
}

export function formsOf(secrets: Iterable<string>): SecretForms {
  const plain = new Set<string>();
  const wrapped = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    for (const form of plainForms(secret)) plain.add(form);
    for (const form of [...base64Forms(secret), ...hexForms(secret)]) wrapped.add(form);
  }
  return { plain: [...plain], wrapped: [...wrapped] };
}

function plainForms(secret: string): string[] {
  const json = jsonForms(secret);
  // JSON inside a JSON string, as structured logs hold it.
  const nested = json.map((form) => JSON.stringify(form).slice(1, -1));
  return [secret, ...json, ...nested, ...htmlForms(secret), ...urlForms(secret)];
}

const unicodeEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function jsonForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const withoutMarkup = json.replace(/[<>&'\u2028\u2029]/g, unicodeEscape);
  const ascii = (text: string) => text.replace(/[\u007f-\uffff]/g, unicodeEscape);
  const forms = [json, withoutMarkup, json.replace(/[<>&\u2028\u2029]/g, unicodeEscape), json.replaceAll('/', '\\/')];
  const all = [...forms, ...forms.map(ascii)];
  return [...all, ...all.map(upperUnicode)];
}

function upperUnicode(text: string): string {
  return text.replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`);
}

/** Libraries agree about `&`, `<` and `>`, and differ in quotes. */
function htmlForms(secret: string): string[] {
  const markup = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const doubles = ['"', '&quot;', '&#34;', '&#x22;'];
  const singles = ["'", '&#39;', '&#x27;', '&#039;', '&apos;'];
  const quoted = doubles.flatMap((double) =>
    singles.map((single) => markup.replaceAll('"', double).replaceAll("'", single)),
  );
  return [...quoted, ...quoted.map((form) => form.replaceAll('/', '&#x2F;'))];
}

function urlForms(secret: string): string[] {
  // A lone surrogate has no form in a URL.
  const text = Buffer.from(secret).toString();
  const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  const component = encodeURIComponent(text);
  const strict = component.replace(/[!'()*]/g, percent);
  const forms = [encodeURI(text), component, strict, strict.replaceAll('%2F', '/'), component.replaceAll('%2F', '/')];
  const form = new URLSearchParams([['', text]]).toString().slice(1);
  const all = [...forms, ...forms.map((each) => each.replaceAll('%20', '+')), form];
  return [...all, ...all.map((each) => each.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

function hexForms(secret: string): string[] {
  const hex = Buffer.from(secret).toString('hex');
  return [hex, hex.toUpperCase()];
}

/**
 * Base64 takes three bytes to four characters, so what is encoded has three forms, by how many bytes stand before it. The
 * characters that also depend on bytes around it are left out; at the end of the text the last of them is known.
 */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const whole = bytes.toString('base64');
  const aligned = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const all = [whole, whole.replace(/=+$/, ''), ...aligned];
  return [...all, ...all.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}
