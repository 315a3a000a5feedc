import { pageStyle } from '../html-style.ts'

/** Style of the page of a plan: it is as wide as its window, down to that of a telephone, and nothing is cut off on paper. */
export const style = `${pageStyle}body{max-width:70rem;margin:0 auto;overflow-wrap:anywhere}
h3{font-size:1rem;font-weight:400;margin:0}ul,ol{margin:.25rem 0;padding-left:1.5rem}li{margin:.15rem 0}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK JP",monospace}
code{white-space:pre-wrap;unicode-bidi:isolate}
article{margin:.5rem 0;padding:.6rem .8rem;border:1px solid var(--line);border-left:.35rem solid var(--line);border-radius:.35rem;break-inside:avoid-page}
.create{border-left-color:var(--new)}.update{border-left-color:var(--full)}.delete,.error{border-left-color:var(--gone)}
.sign{display:inline-block;min-width:1.2em;font:700 1rem/1.5 ui-monospace,Menlo,Consolas,monospace}
:is(.delete,.error) strong{color:var(--gone)}.create strong{color:var(--new)}:is(.update,.warning) strong{color:var(--full)}
pre{margin:.5rem 0 0;padding:.5rem .7rem;background:var(--band);border-radius:.35rem;white-space:pre-wrap}
pre>*{display:block;padding-left:2ch;text-indent:-2ch;text-decoration:none;unicode-bidi:isolate}
ins{background:var(--newground);color:var(--new)}del{background:var(--goneground);color:var(--gone)}
summary{cursor:pointer}
@media(max-width:600px){body{padding:1rem .75rem}article{padding:.5rem}}
@media print{body{padding:0;max-width:none}article,pre{break-inside:auto}ins,del{border-left:2px solid}details::details-content{content-visibility:visible;block-size:auto}}
`
