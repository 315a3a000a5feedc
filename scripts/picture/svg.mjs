/** A terminal's text, with its colours, as an SVG picture. Pure. */

const column = 7.83
const row = 19
const margin = 22

/** An escape sequence for the look of what comes after it, or text up to the next one. */
const mark = String.fromCharCode(27)
const pattern = new RegExp(`${mark}\\[([\\d;]*)m|([^${mark}]+)`, 'g')

/** What a terminal's colours look like, by the kind of page that the picture is on. */
const themes = {
  light: {
    ground: '#ffffff',
    frame: '#d0d7de',
    plain: '#1f2328',
    dim: '#656d76',
    ...{ 31: '#cf222e', 32: '#116329', 33: '#9a6700', 36: '#1b7c83' },
  },
  dark: {
    ground: '#0d1117',
    frame: '#30363d',
    plain: '#e6edf3',
    dim: '#8d96a0',
    ...{ 31: '#ff7b72', 32: '#56d364', 33: '#e3b341', 36: '#39c5cf' },
  },
}

/** Names of the themes. */
export const themeNames = Object.keys(themes)

/**
 * The picture of a terminal that shows `lines`, which may hold escape sequences for colours, bold and dim. `title` says what it is to
 * those who cannot see it.
 */
export function svg(lines, title, themeName) {
  const theme = themes[themeName]
  const rows = lines.map((line) => spansOf(line))
  const longest = Math.max(...rows.map((spans) => spans.reduce((sum, { text }) => sum + text.length, 0)))
  const width = Math.ceil(longest * column + 2 * margin)
  const height = lines.length * row + 2 * margin - 6
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<style>text { font: 13px ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: pre; fill: ${theme.plain} }</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${theme.ground}" stroke="${theme.frame}"/>
${rows.flatMap((spans, index) => texts(spans, margin + 10 + index * row, theme)).join('\n')}
</svg>
`
}

/** One element for each span, at its own column: fonts differ in width, and columns have to stand one below the other. */
function texts(spans, y, theme) {
  let at = 0
  return spans.flatMap(({ text, colour, bold, dim }) => {
    const start = at + (text.length - text.trimStart().length)
    at += text.length
    const words = text.trim()
    if (words === '') return []
    const place = `x="${fixed(margin + start * column)}" y="${y}" textLength="${fixed(words.length * column)}"`
    const fill = colour ? theme[colour] : dim ? theme.dim : undefined
    const style = `${fill ? ` style="fill: ${fill}"` : ''}${bold ? ' font-weight="600"' : ''}`
    return [`<text ${place} lengthAdjust="spacingAndGlyphs"${style}>${escaped(words)}</text>`]
  })
}

/** The parts of a line that look the same throughout. */
function spansOf(line) {
  const look = { colour: undefined, bold: false, dim: false }
  const spans = []
  for (const [, codes, text] of line.matchAll(pattern)) {
    if (codes !== undefined) for (const code of codes.split(';')) set(look, Number(code))
    else spans.push({ text, ...look })
  }
  return spans
}

function set(look, code) {
  if (code === 0) Object.assign(look, { colour: undefined, bold: false, dim: false })
  else if (code === 1) look.bold = true
  else if (code === 2) look.dim = true
  else if (code === 22) Object.assign(look, { bold: false, dim: false })
  else if (code === 39) look.colour = undefined
  else if ([31, 32, 33, 36].includes(code)) look.colour = code
  else throw new Error(`the picture does not know the escape sequence ${code} yet`)
}

const fixed = (number) => String(Math.round(number * 100) / 100)

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
