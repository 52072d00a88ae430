/** One HTML file that loads nothing and runs no script: its policy allows its own style, by hash, and nothing else. */
import { createHash } from 'node:crypto';
import { Html, html } from './html.ts';

export interface PageParts {
  readonly title: string;
  /** Rules besides those that all pages have; made here, never by others. */
  readonly style: string;
  readonly body: Html;
}

/** @see https://www.w3.org/TR/CSP3/#external-hash for hashes, which leave no place for the style of anybody else */
export function pageOf({ title, style, body }: PageParts): string {
  const rules = `${pageStyle}\n${style}`;
  const hash = createHash('sha256').update(rules).digest('base64');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(rules)}</style>
</head>
<body>
${body}</body>
</html>
`.text;
}

/** On paper all is light, whatever the screen was. */
const pageStyle = `*{box-sizing:border-box}
html{color-scheme:light;background:#fff;color:#1b1f24;font:15px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:66em;padding:1.2em 1em 3em;overflow-wrap:anywhere}.nowrap{white-space:nowrap}
h1{font-size:1.5em;line-height:1.25;margin:.2em 0 .5em}h2{font-size:1.2em;margin:1.8em 0 .5em}h3{font-size:1em;margin:1.2em 0 .3em}
small,.hint{color:#4f5863;font-weight:400}.hint{font-size:.87em}a{color:#0a58b8}code{font-size:.92em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid #0a58b8;outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.93em}th,td{text-align:left;vertical-align:top;padding:.3em .8em .3em 0;border-bottom:1px solid #dde2e7}
thead th{color:#4f5863;font-weight:600;white-space:nowrap}tbody th{font-weight:600}
.scroll{overflow-x:auto}.figure{overflow-x:auto;margin:0 0 .7em}.figure svg{display:block}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2em 1.2em;margin:0 0 1em;padding:0}
pre{background:#f6f8fa;border:1px solid #dde2e7;padding:.8em;overflow-x:auto;font-size:.85em;line-height:1.4}
@media screen and (prefers-color-scheme:dark){html{color-scheme:dark;background:#0f1318;color:#e8ecf0}
small,.hint,thead th{color:#aab4bf}a{color:#7db8ff}a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline-color:#7db8ff}
th,td{border-color:#303842}pre{background:#171c23;border-color:#303842}}
@media (max-width:40em){thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{display:block;padding:.4em 0;border-bottom:1px solid #8d97a3}th,td{display:block;white-space:normal;border:0;padding:.05em 0}td[data-label]::before{content:attr(data-label) ": ";color:#6a737d}}
@media screen and (max-width:40em) and (prefers-color-scheme:dark){td[data-label]::before{color:#aab4bf}}
@page{size:A4;margin:12mm}
@media print{html{font-size:10pt}body{max-width:none;padding:0}nav{display:none}.figure{overflow:visible;break-inside:avoid}.figure svg{max-width:100%;height:auto;max-height:260mm}
pre{white-space:pre-wrap;overflow:visible}.scroll{overflow:visible}tr{break-inside:avoid}a{color:inherit;text-decoration:none}h2,h3{break-after:avoid}}`;
