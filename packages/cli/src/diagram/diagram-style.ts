/** The looks of a picture: rules for light and for dark, without variables, so that simple viewers understand them. */

interface Palette {
  readonly paper: string;
  readonly band: string;
  readonly line: string;
  readonly box: string;
  readonly ink: string;
  readonly dim: string;
  readonly edge: string;
  readonly gate: string;
  readonly gateBox: string;
  readonly good: string;
  readonly goodBox: string;
  readonly bad: string;
  readonly badBox: string;
}

/** Texts have a contrast of at least 4.5 to what is behind them. */
const light: Palette = {
  paper: '#ffffff',
  band: '#f6f8fa',
  line: '#c4ccd4',
  box: '#ffffff',
  ink: '#1b1f24',
  dim: '#4f5863',
  edge: '#6a737d',
  gate: '#7a4a00',
  gateBox: '#fff6e0',
  good: '#17602a',
  goodBox: '#eef8f0',
  bad: '#a81414',
  badBox: '#fdeeee',
};

const dark: Palette = {
  paper: '#0f1318',
  band: '#171c23',
  line: '#3d4650',
  box: '#1f262e',
  ink: '#e8ecf0',
  dim: '#aab4bf',
  edge: '#8d97a3',
  gate: '#f0bd66',
  gateBox: '#33291a',
  good: '#7fd494',
  goodBox: '#18301f',
  bad: '#ff9c94',
  badBox: '#3b1c1c',
};

/** For the `style` of a page or of an SVG file. */
export const diagramStyle = `.diagram text{font:10px system-ui,sans-serif}
.diagram .title{font:600 11.5px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.diagram .stage-name{font:600 13px system-ui,sans-serif}.diagram .lane-name{font:600 12px system-ui,sans-serif}.diagram .note{font-weight:400}
.diagram .edge{fill:none}.diagram .lane,.diagram .inner{fill:none}.diagram .pending .box{stroke-dasharray:4 3}.diagram .gate .box{stroke-width:1.6}
.diagram .failed .box,.diagram .rejected .box{stroke-width:2.4}
${rulesOf(light)}
@media screen and (prefers-color-scheme:dark){
${rulesOf(dark)}
}`;

function rulesOf(palette: Palette): string {
  const { paper, band, line, box, ink, dim, edge, gate, gateBox, good, goodBox, bad, badBox } = palette;
  return `.diagram .paper{fill:${paper}}.diagram .band{fill:${band};stroke:${line}}.diagram .lane{stroke:${line}}.diagram text{fill:${ink}}
.diagram .note,.diagram .detail{fill:${dim}}.diagram .edge{stroke:${edge}}.diagram .arrow{fill:${edge}}
.diagram .box{fill:${box};stroke:${edge}}.diagram .inner{stroke:${edge}}.diagram .gate .box{fill:${gateBox};stroke:${gate}}.diagram .diamond{fill:${gate}}
.diagram .succeeded .box{fill:${goodBox};stroke:${good}}.diagram .succeeded .state{fill:${good}}
.diagram .failed .box,.diagram .rejected .box{fill:${badBox};stroke:${bad}}.diagram .failed .state,.diagram .rejected .state{fill:${bad}}
.diagram .waiting .box,.diagram .running .box{fill:${gateBox};stroke:${gate}}.diagram .waiting .state,.diagram .running .state{fill:${gate}}`;
}
