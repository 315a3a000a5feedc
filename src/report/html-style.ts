/** What every page looks like: light and dark, letters of the system, nothing from outside. */
export const pageStyle = `
:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--faint:#59636e;--line:#d1d9e0;--band:#f6f8fa;--full:#b35900;--fullground:#fff1e0;--gone:#c21c2c;--goneground:#ffebec;--new:#116329;--newground:#e6f6ea}
@media(prefers-color-scheme:dark){:root{--ground:#0f1318;--text:#e6ebf0;--faint:#9aa5b1;--line:#353d47;--band:#1a2028;--full:#ffb366;--fullground:#3a2710;--gone:#ff8c94;--goneground:#3b1a1d;--new:#7ee2a0;--newground:#12301c}}
*{box-sizing:border-box}
body{margin:0;padding:1.5rem;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,"Hiragino Sans","Yu Gothic UI","Noto Sans CJK JP","Noto Sans JP",sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.25rem 0}.faint,caption{color:var(--faint)}
`
