/** The looks of a report, besides those of every page. */
export const reportStyle = `.urgent{border:2px solid #a81414;border-radius:6px;padding:.2em 1em;margin:0 0 1em;background:#fdeeee}.urgent.waiting{border-color:#7a4a00;background:#fff6e0}
.urgent h2{margin:.5em 0;font-size:1.1em;color:#a81414}.urgent.waiting h2{color:#7a4a00}.urgent a{font-weight:600}
.facts th{white-space:nowrap;color:#4f5863}.jump{font-size:.85em;font-weight:400;margin-left:.3em}
.bar rect{fill:#6a737d}.bar .grid{stroke:#dde2e7;fill:none;vector-effect:non-scaling-stroke}.axis text{font:10px system-ui,sans-serif;fill:#4f5863}
.succeeded .bar rect{fill:#17602a}.failed .bar rect,.rejected .bar rect{fill:#a81414}.failed .how,.rejected .how{color:#a81414;font-weight:600}
summary{cursor:pointer;padding:.25em 0}details:target>summary,tr:target,.diagram a:target .title{background:#fff6e0;text-decoration:underline}
@media screen and (prefers-color-scheme:dark){.urgent{border-color:#ff9c94;background:#3b1c1c}.urgent h2,.failed .how,.rejected .how{color:#ff9c94}
.urgent.waiting{border-color:#f0bd66;background:#33291a}.urgent.waiting h2{color:#f0bd66}.facts th{color:#aab4bf}.axis text{fill:#aab4bf}.bar .grid{stroke:#303842}
.bar rect{fill:#8d97a3}.succeeded .bar rect{fill:#7fd494}.failed .bar rect,.rejected .bar rect{fill:#ff9c94}details:target>summary,tr:target{background:#33291a}}
@media print{.jump{display:none}.bar,.axis{width:110px}details:not([open]){color:#4f5863}}`;
