/** The page's only style sheet. Text and marks have a contrast of at least 4.5:1 on their ground, in both schemes. */
export const style = `
:root{color-scheme:light dark;--ground:#fcfcfa;--raised:#f3f4f2;--text:#1d2125;--quiet:#596069;--line:#dfe2e1;--ok:#1b5fc1;--queued:#96590a;--bad:#b9242c;--held:#1a7038;--unsure:#6d5200;--read:#6a7683;--fault:#b9242c14;--queue:#96590a33;--debt:#6a3fb533;--debt-line:#6a3fb5}
@media screen and (prefers-color-scheme:dark){:root{--ground:#15181b;--raised:#1e2226;--text:#e6e8ea;--quiet:#a2aab2;--line:#32383e;--ok:#76b3ff;--queued:#e2a956;--bad:#ff8580;--held:#62c786;--unsure:#dbb94e;--read:#8b97a4;--fault:#ff858022;--queue:#e2a95640;--debt:#b79cf540;--debt-line:#b79cf5}}
*{box-sizing:border-box}
html{background:var(--ground);color:var(--text);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{max-width:1080px;margin:0 auto;padding:32px 28px 64px;overflow-wrap:anywhere}
h1{font-size:30px;line-height:1.2;margin:0 0 20px;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:20px;line-height:1.3;margin:0 0 8px}
h3{font-size:16px;margin:20px 0 8px}
h4{font-size:15px;margin:0 0 6px;font-weight:400}
p{margin:0 0 10px;max-width:80ch}
a{color:inherit;text-decoration-color:var(--quiet);text-underline-offset:2px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--ok);outline-offset:2px;border-radius:2px}
code,pre{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;unicode-bidi:isolate}
pre{background:var(--raised);padding:10px 12px;margin:6px 0;border-radius:4px;white-space:pre-wrap;max-height:420px;overflow:auto}
section{margin-top:44px}
.quiet,figcaption,.former,.limit{color:var(--quiet)}
.former,.limit{font-size:13px;white-space:nowrap}
.former{display:block}
.bad,.limit.bad{color:var(--bad)}
.held{color:var(--held)}.not-held{color:var(--bad)}.unknown{color:var(--unsure)}
.outcome{white-space:nowrap;font-weight:600}
h2 .outcome{font-size:15px;margin-left:6px}
.totals{display:flex;flex-wrap:wrap;gap:10px 32px;margin:0 0 16px;padding:0}
.totals div{display:flex;flex-direction:column-reverse}
.totals dd{margin:0;font-size:26px;line-height:1.15;font-weight:600;font-variant-numeric:tabular-nums}
.totals dt{color:var(--quiet);font-size:13px}
.command{margin:0 0 10px;display:flex;gap:8px;align-items:baseline;flex-wrap:wrap;max-width:none}
.command code{background:var(--raised);padding:5px 9px;border-radius:4px}
button{display:none;font:inherit;font-size:13px;color:var(--text);background:none;border:1px solid var(--line);border-radius:4px;padding:3px 10px;cursor:pointer}
.js button{display:inline-block}
.wide{overflow-x:auto;margin:0 -4px;padding:0 4px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:6px 16px 6px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
thead th{color:var(--quiet);font-weight:400;font-size:13px;vertical-align:bottom;padding-top:2px;padding-bottom:3px}
tbody th{font-weight:600}
.results td:nth-child(n+3),.results thead th:nth-child(n+3),.results thead tr+tr th,.numbers td,.numbers thead th+th,.number{text-align:right}
.results td{white-space:nowrap}
.results td.bad{font-weight:700}
.results thead th[colspan]{border-bottom:0;text-align:center}
.steps td:first-child,.steps .number,.requests td:nth-child(-n+3){white-space:nowrap;color:var(--quiet)}
.steps,.requests,.numbers,.objectives{font-size:14px}
tr.wrong td,tr.other td{color:var(--bad)}
.facts{columns:3 180px;margin:8px 0;padding-left:18px}
.hypothesis{color:var(--quiet)}.hypothesis b{color:var(--text);font-weight:600}
.experiment{border-top:1px solid var(--line);padding-top:24px}
details{margin:6px 0}
summary{cursor:pointer;padding:2px 0}
.problem.failed>summary{color:var(--bad)}.problem>summary{color:var(--unsure)}
figure{margin:14px 0}
figcaption{font-size:13px;max-width:110ch;margin-top:6px}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 20px;margin:0 0 4px;padding:0;font-size:13px;color:var(--quiet)}
.legend svg{margin-right:6px;vertical-align:-1px;overflow:visible}
.legend b{font-weight:400;color:var(--text);font-variant-numeric:tabular-nums}
svg.chart{display:block;overflow:visible;touch-action:pan-y}
svg text{font-size:12px;fill:var(--quiet);font-variant-numeric:tabular-nums}
.panel .name{fill:var(--text);font-weight:600}
.grid{stroke:var(--line);stroke-width:1}
.time{text-anchor:middle}
.fault{fill:var(--fault)}
text.fault-name{fill:var(--bad)}
.tick{paint-order:stroke;stroke:var(--ground);stroke-width:3px}
.plot,.curve{overflow:visible}
.plot path,.curve path{fill:none;vector-effect:non-scaling-stroke;stroke-linecap:round}
.mark{stroke-width:5.5}
.mark.ok,.range.ok,.median.ok{stroke:var(--ok)}
.mark.queued,.range.queued,.median.queued{stroke:var(--queued)}
.plot .mark.queued,.plot .mark.info,.plot .hole.info{stroke-linecap:square}
.mark.queued{stroke-width:4.5}
.mark.fail,.range.fail,.median.fail,.mark.info,.range.info,.median.info{stroke:var(--bad)}
.mark.fail{stroke-width:7}.mark.info{stroke-width:6.5}
.mark.read,.range.read,.median.read,.mark.unread,.range.unread,.median.unread{stroke:var(--read)}
.mark.read{stroke-width:3}.mark.unread{stroke-width:5}
.hole{stroke:color-mix(in srgb,var(--bad) 22%,var(--ground));stroke-width:3.5}.plot .hole.info{stroke-width:3}.plot .hole.unread{stroke:var(--ground);stroke-width:2.5}
.range{stroke-width:1.5;opacity:.45}.median{stroke-width:4}
.halo{stroke:var(--bad);stroke-width:16;opacity:.3}
.curve.queue .area{fill:var(--queue);stroke:none}.curve.queue .line{stroke:var(--queued);stroke-width:1.5}
.curve.debt .area{fill:var(--debt);stroke:none}.curve.debt .line{stroke:var(--debt-line);stroke-width:1.5}
.counted{stroke:var(--debt-line);stroke-width:4}
.about{display:block;min-height:1.5em;font-size:13px;color:var(--text)}
html:not(.js) .about{display:none}
.dim .mark,.dim .hole{opacity:.13}
.dim .picked{opacity:1}
.picked{stroke:var(--text);stroke-width:7}
.plot .cursor{stroke:var(--text);stroke-width:11}.plot .cursor+.cursor{stroke:var(--ground);stroke-width:6}
.bar rect{fill:var(--ok)}.bar.queued rect{fill:var(--queued)}
.bar.fail rect,.bar.info rect{fill:var(--ground);stroke:var(--bad);stroke-width:1.5}
.bar.info rect{stroke-dasharray:3 2}
.bar.read rect{fill:var(--read);opacity:.55}
.bar text{text-anchor:end;font-size:11px}
.bar.wrong rect{stroke:var(--bad);stroke-width:3}
.bar.wrong text{fill:var(--bad);font-weight:700}
.rest{margin:-8px 0 22px}.rest>summary{margin-bottom:10px}
.case{border-left:3px solid var(--bad);padding:2px 0 2px 16px;margin:0 0 22px}
.case ul{margin:0;padding:0;list-style:none}
.kind{color:var(--bad);font-weight:700}
.anomaly dl{margin:4px 0 8px;display:grid;grid-template-columns:max-content 1fr;gap:0 14px}
.anomaly dl div{display:contents}
.anomaly dt{color:var(--quiet)}.anomaly dd{margin:0}
.evidence{margin-top:14px}
footer{margin-top:56px;border-top:1px solid var(--line);padding-top:14px;color:var(--quiet);font-size:13px}
@media(max-width:640px){.long{display:none}body{padding:20px 16px 48px}h1{font-size:24px}.totals{gap:8px 22px}.totals dd{font-size:21px}.time.odd{display:none}.mark{stroke-width:4.5}.mark.queued{stroke-width:3.5}.mark.fail{stroke-width:6}.anomaly dl{grid-template-columns:1fr}.results th:first-child{position:sticky;left:0;background:var(--ground)}th,td{padding-right:12px}.bar:not(.wrong) text{display:none}}
@media(prefers-reduced-motion:no-preference){.mark,.hole{transition:opacity .15s}}
@media print{@page{margin:14mm}html{font-size:11px;background:none}body{max-width:none;padding:0}section{margin-top:22px}button,.about{display:none!important}.experiment,.case,figure,tr{break-inside:avoid}.experiment{break-inside:auto}details::details-content{content-visibility:visible!important;display:block!important}pre{max-height:none;overflow:visible}.wide{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
