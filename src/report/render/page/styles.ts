/** The page's only style sheet. */
import { sessionColumns } from './session/columns.ts';

const labels = sessionColumns
  .map(
    (name, index) =>
      `  .sessions > tbody > tr:first-child > td:nth-child(${index + 1})::before { content: "${name}: "; }`,
  )
  .join('\n');

export const styles = `
:root {
  color-scheme: light dark;
  --page: #fcfbf9; --panel: #ffffff; --ink: #1f2328; --muted: #59616b; --rule: #dedbd4; --track: #f1efea;
  --bad: #a8412f; --calm: #46657f; --link: #1c5a96; --focus: #1c5a96;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15181c; --panel: #1b1f24; --ink: #e6e8eb; --muted: #a3abb5; --rule: #343b44; --track: #22272d;
    --bad: #ef9a83; --calm: #8fb0cc; --link: #8fc0f2; --focus: #8fc0f2;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 4rem; }
body {
  margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 68rem;
  background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, h4, h5, p, dl, dd, ul, ol, figure { margin: 0; }
h1, h2, h3, h4, h5 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1rem; font-weight: 600; color: var(--muted); }
h2 { font-size: 1.5rem; font-weight: 650; letter-spacing: -.01em; margin: 2.5rem 0 1rem; padding-top: 1rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.1rem; font-weight: 650; margin: 2.5rem 0 .5rem; }
h4 { font-size: 1rem; font-weight: 650; }
h5, .title { font-size: .875rem; font-weight: 650; margin: 1.25rem 0 .25rem; }
p, li { max-width: 44rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .25rem .5rem; z-index: 1; }
body { font-variant-numeric: tabular-nums; }
.interval, .note, .scope, .meta, figcaption p, .kicker, footer { color: var(--muted); }
.interval, .note, .scope, .meta, figcaption p, footer { font-size: .875rem; }
.empty { color: var(--muted); font-style: italic; margin: 1rem 0; }

.answer { padding-top: clamp(1rem, 3vw, 2rem); }
.kicker { font-size: .8125rem; letter-spacing: .06em; text-transform: uppercase; margin-bottom: .5rem; }
.lead { font-size: clamp(1.2rem, 2.6vw, 1.6rem); line-height: 1.35; font-weight: 500; letter-spacing: -.012em; max-width: 46rem; margin: .5rem 0 1.25rem; text-wrap: pretty; }
.facts { display: flex; flex-wrap: wrap; gap: 1rem 2.25rem; }
.facts dt { font-size: .8125rem; color: var(--muted); }
.facts dd { font-weight: 600; }
.facts dd .interval { font-weight: 400; }
.scope { margin-top: .35rem; max-width: none; }

nav { margin-top: 1rem; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); position: sticky; top: 0; background: var(--page); z-index: 1; }
nav ul { list-style: none; padding: .65rem 0; display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; font-size: .875rem; }
nav a { text-decoration: none; display: inline-block; padding: .2rem 0; }
nav a:hover { text-decoration: underline; }

.chart { margin: 2rem 0; }
.chart h3, .chart h5 { margin: 0 0 .25rem; }
figcaption { margin-bottom: .75rem; }
.drawing { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit; font-size: 12px; }
.drawing text { dominant-baseline: central; }
.drawing.narrow { display: none; }

.finding { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); gap: .25rem 2rem; padding: 1.25rem 0; border-top: 1px solid var(--rule); }
.finding .head { display: flex; flex-direction: column; gap: .3rem; }
.verdict { display: inline-flex; align-items: center; gap: .4rem; font-size: .875rem; color: var(--muted); }
.verdict.supported { color: var(--bad); font-weight: 650; }
.verdict.refuted { color: var(--calm); }
.shape { width: .9rem; height: .9rem; flex: none; }
.measures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .75rem 0 .5rem; font-size: .875rem; }
.measures dt { color: var(--muted); font-size: .8125rem; }
.measures dd { font-weight: 600; }
.measures .interval { font-weight: 400; }
summary { cursor: pointer; color: var(--link); font-size: .875rem; padding: .2rem 0; width: fit-content; max-width: 100%; }
.inside, .detail { padding: .5rem 0 1rem; }
.detail ul + p { margin-top: .75rem; }
.caveats, .coverage, .detail ul { padding-left: 1.2rem; }
.command { display: flex; align-items: start; gap: .5rem; margin-top: .5rem; }
.command pre { margin: 0; padding: .5rem .75rem; background: var(--track); border-radius: 4px; overflow-x: auto; flex: 0 1 auto; min-width: 0; white-space: pre-wrap; }
select, input { max-width: 100%; }
button, input, select { font: inherit; font-size: .875rem; color: inherit; background: var(--panel); border: 1px solid var(--muted); border-radius: 4px; padding: .35rem .6rem; }
button { cursor: pointer; }

.strip { display: block; width: 11.25rem; height: 1.25rem; }
.folded .verdict { font-size: inherit; vertical-align: bottom; }
.folded { max-width: none; margin: .5rem 0; font-size: .9375rem; }
.end-card { border-left: 3px solid var(--bad); padding-left: 1rem; margin: 1rem 0; }
.end-card h2 { font-size: 1.1rem; margin: 0; padding: 0; border: 0; letter-spacing: normal; }
.facts-list div { margin-top: .4rem; }
.facts-list dt { font-size: .8125rem; color: var(--muted); }
.facts-list dd { max-width: 44rem; }
.facts { margin-top: 1rem; gap: .25rem 1.25rem; font-size: .875rem; }
.facts div { display: flex; gap: .4rem; }
.remedies { padding-left: 1.4rem; margin-top: 1rem; }
.remedies li { margin-bottom: 1.1rem; padding-left: .35rem; }
.remedies li::marker { font-weight: 650; }
.meta strong { color: var(--ink); }
.meta, .note { margin-top: .35rem; }

.scroll { position: relative; overflow-x: auto; margin: 1.25rem 0; max-width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.4; }
caption { text-align: left; font-weight: 650; padding-bottom: .5rem; }
caption span { display: block; position: sticky; left: 0; max-width: min(44rem, calc(100vw - 3.5rem)); }
th, td { text-align: left; vertical-align: top; padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--rule); font-weight: 400; }
thead th { font-size: .8125rem; color: var(--muted); vertical-align: bottom; border-bottom-color: var(--muted); }
th:last-child, td:last-child { padding-right: 0; }
th.number, td.number { text-align: right; white-space: nowrap; }
.numbers .scroll { max-height: 22rem; overflow-y: auto; }

.controls { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; margin: 1rem 0; font-size: .875rem; }
/* A label stays with its field. */
.controls > span { display: flex; gap: .5rem; align-items: center; max-width: 100%; }
.controls select { min-width: 0; }
.controls output { color: var(--muted); }
.sessions > thead button { border: 0; background: none; padding: 0; font-size: inherit; color: inherit; text-align: left; }
.sessions [aria-sort="ascending"] button::after { content: " ↑"; }
.sessions [aria-sort="descending"] button::after { content: " ↓"; }
.sessions > tbody > tr:first-child > td { border-bottom: 0; padding-bottom: 0; }
.sessions > tbody > .more > td { padding-top: 0; }
.sessions > tbody > tr:first-child > td { overflow-wrap: anywhere; }
.sessions > tbody > tr:first-child > td:nth-child(n+5) { overflow-wrap: normal; }
.sessions > thead th:nth-child(1) { width: 15.5rem; } .sessions > thead th:nth-child(2) { width: 7.5rem; } .sessions > thead th:nth-child(3) { width: 5.5rem; } .sessions > thead th:nth-child(5) { width: 10.5rem; } .sessions > thead th:nth-child(n+6) { width: 4rem; }
.sessions td .interval, .trace { font-size: .8125rem; }
.sessions > tbody:target { background: var(--track); }
.trace code { font-size: .75rem; color: inherit; }
.end { white-space: nowrap; }
.end::before { content: ""; display: inline-block; width: .6rem; height: .6rem; margin-right: .4rem; border-radius: 50%; border: 2px solid var(--calm); }
.end.unexpected { color: var(--bad); font-weight: 600; }
.end.unexpected::before { background: var(--bad); border-color: var(--bad); }
.end.none::before { border-style: dashed; border-color: var(--muted); }

.detail { border-left: 3px solid var(--rule); padding-left: 1rem; }
.lanes { margin: 1.25rem 0; }
.lanes figcaption { font-size: .875rem; color: var(--muted); max-width: 44rem; }
.lanes figcaption strong { color: var(--ink); }
.zoom { display: none; flex-wrap: wrap; gap: .4rem; align-items: center; margin-bottom: .5rem; }
.zooms .zoom { display: flex; }
.zoom button { padding: .15rem .5rem; font-size: .8125rem; }
.zoom output { color: var(--muted); font-size: .8125rem; }
.lane-box { display: flex; gap: .75rem; }
.lane-box ul { list-style: none; padding: 0; flex: none; font-size: .8125rem; line-height: 24px; color: var(--muted); white-space: nowrap; }
.plot { flex: 1 1 0; min-width: 0; display: block; overflow: hidden; cursor: crosshair; touch-action: pan-y; background: repeating-linear-gradient(var(--track) 0 23px, var(--page) 23px 24px); user-select: none; }
.zooms .plot { cursor: zoom-in; }
.moving { overflow: visible; }
.plot .bar { fill: var(--calm); } .plot .wait { fill: var(--calm); opacity: .3; } .plot .dot { fill: var(--ink); }
.plot .cut { stroke: var(--ink); stroke-width: 2; } .plot .bad { fill: var(--bad); } .plot .cut.bad { stroke: var(--bad); stroke-width: 4; }
.ticks line { stroke: var(--rule); } .ticks text { fill: var(--muted); font-size: 11px; } 
.steps th, .steps td { padding-top: .2rem; padding-bottom: .2rem; }
.steps th[scope="row"] { min-width: 9.5rem; }
.steps th[scope="row"] summary { color: inherit; width: auto; }
.steps .bad > th summary { color: var(--bad); }
.depth-1 { padding-left: 1rem; } .depth-2 { padding-left: 2rem; } .depth-3 { padding-left: 3rem; } .depth-4 { padding-left: 4rem; } .depth-5 { padding-left: 5rem; }
.attributes { font-size: .8125rem; margin: .25rem 0 .75rem; columns: 22rem 2; column-gap: 2rem; }
.attributes div { break-inside: avoid; padding: .1rem 0; }
.attributes dt { display: inline; color: var(--muted); }
.attributes dt::after { content: ": "; }
.attributes dd { display: inline; overflow-wrap: anywhere; }
footer { margin-top: 4rem; border-top: 1px solid var(--rule); padding-top: 1rem; }

@media (max-width: 45rem) {
  nav ul { flex-wrap: nowrap; overflow-x: auto; }
  nav li { flex: none; }
  .drawing.wide { display: none; }
  .drawing.narrow { display: block; max-width: 26rem; }
  .finding { grid-template-columns: minmax(0, 1fr); }
  .finding .head { flex-direction: row; justify-content: space-between; flex-wrap: wrap; margin-bottom: .35rem; }
  .stacks, .stacks > tbody, .stacks > tbody > tr, .stacks > tbody > tr > * { display: block; }
  .stacks > caption { display: block; }
  .stacks > thead { display: none; }
  .stacks > tbody > tr { border-bottom: 1px solid var(--rule); padding: .6rem 0; }
  .stacks > tbody > tr > *, .stacks > tbody > tr > .number { border: 0; padding: .1rem 0; text-align: left; white-space: normal; }
  .stacks > tbody > tr > th { font-weight: 650; }
  .stacks td[data-label]::before { content: attr(data-label) ": "; color: var(--muted); }
  .stacks .strip { display: inline-block; vertical-align: middle; }
  .sessions, .sessions > tbody, .sessions > tbody > tr, .sessions > tbody > tr > td { display: block; }
  .sessions > thead { display: none; }
  .sessions > tbody > tr > td { border: 0; padding: .1rem 0; }
  .sessions > tbody { border-bottom: 1px solid var(--rule); padding: .75rem 0; }
  .sessions > tbody > tr:first-child > td::before { color: var(--muted); }
${labels}
  .sessions > tbody > tr:first-child > td:not(:first-child) br { display: none; }
  .sessions > tbody > tr:first-child > td .interval { padding-left: .4rem; }
  .detail { padding-left: .6rem; }
  .attributes { columns: 1; }
  .lane-box { gap: .4rem; } .lane-box ul { font-size: .6875rem; }
  .ticks text:nth-of-type(even) { display: none; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip, .controls, button, details:not([open]), h3:has(+ details:not([open])) { display: none; }
  .sessions > thead button { display: inline; }
  .finding, figure, tr { break-inside: avoid; }
  h1, h2, h3, h4, h2 + p, .title, caption, thead { break-after: avoid; }
  .scroll { overflow: visible; max-height: none; }
  a { color: inherit; text-decoration: none; }
}
`;
