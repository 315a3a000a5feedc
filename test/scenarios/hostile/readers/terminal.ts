import xterm, { type IFunctionIdentifier, type Terminal } from '@xterm/headless'
import { withoutColour } from './characters.ts'

/** What a terminal made of a text. */
export interface Screen {
  /** Rows below what was there before. */
  readonly rows: readonly string[]
  /** Sequences other than colours, by what they begin with. */
  readonly steered: readonly string[]
  /** What was there before. */
  readonly before: string
}

/** The line that is there before a text is shown. */
export const sentinel = 'what was on the screen before'

let screen: { readonly terminal: Terminal; readonly steered: string[] } | undefined
let last: Promise<unknown> = Promise.resolve()

/** Shows a text in a terminal that is wide enough for its lines, below a line that was there before. */
export function shown(text: string): Promise<Screen> {
  const turn = last.then(() => show(text))
  last = turn
  return turn
}

async function show(text: string): Promise<Screen> {
  screen ??= newScreen()
  const { terminal, steered } = screen
  const lines = withoutColour(text).split('\n')
  terminal.reset()
  terminal.resize(Math.max(80, ...lines.map((line) => 2 * line.length + 2)), lines.length + 4)
  steered.splice(0)
  await written(terminal, `${sentinel}\n${text}`)
  const [before = '', ...rows] = linesOf(terminal)
  return { before, rows, steered: [...steered] }
}

/** What a session at a terminal came to, with all that was drawn over again. */
export interface Drawn {
  /** Lines from the top to the end, those too that were scrolled away. */
  readonly rows: readonly string[]
  /** What each line said when it was taken away. */
  readonly erased: readonly string[]
  /** Sequences by what they begin with, each once. */
  readonly sequences: readonly string[]
}

/** Draws what a program wrote to a terminal of this many lines and columns. */
export async function drawn(text: string, rows: number, cols: number): Promise<Drawn> {
  const terminal = new xterm.Terminal({ rows, cols, scrollback: 10_000, allowProposedApi: true })
  const sequences = new Set<string>()
  const erased: string[] = []
  follow(terminal, (what) => {
    sequences.add(what)
    if (what === 'CSI K') erased.push(...below(terminal).slice(0, 1))
    if (what === 'CSI J') erased.push(...below(terminal))
    return false
  })
  await written(terminal, text)
  return { rows: linesOf(terminal), erased, sequences: [...sequences].sort() }
}

const finals = Array.from({ length: 0x7f - 0x40 }, (_, index) => String.fromCharCode(0x40 + index))
const ways: readonly IFunctionIdentifier[] = ['', '?', '>', '='].flatMap((prefix) =>
  ['', ' ', '!', '"', '$', "'"].flatMap((intermediates) =>
    finals.map((final) => ({ final, ...(prefix && { prefix }), ...(intermediates && { intermediates }) })),
  ),
)

/** A terminal that notes whatever steers it and does none of it, but for colours. */
function newScreen(): { readonly terminal: Terminal; readonly steered: string[] } {
  const terminal = new xterm.Terminal({ scrollback: 0, allowProposedApi: true, convertEol: true })
  const steered: string[] = []
  follow(terminal, (what) => {
    steered.push(what)
    return true
  })
  return { terminal, steered }
}

/** Tells of whatever steers a terminal, but for colours; true for what it is not to do. */
function follow(terminal: Terminal, tell: (what: string) => boolean): void {
  const { parser } = terminal
  const seen = (what: string) => () => tell(what)
  const isColour = ({ final, prefix, intermediates }: IFunctionIdentifier) => final === 'm' && !prefix && !intermediates
  for (const id of ways.filter((one) => !isColour(one)))
    parser.registerCsiHandler(id, seen(`CSI ${id.prefix ?? ''}${id.intermediates ?? ''}${id.final}`))
  for (const id of ways) parser.registerDcsHandler(id, seen(`DCS ${id.final}`))
  for (const final of finals) parser.registerEscHandler({ final }, seen(`ESC ${final}`))
  for (let code = 0; code < 120; code += 1) parser.registerOscHandler(code, seen(`OSC ${code}`))
  terminal.onTitleChange(seen('title'))
  terminal.onBell(seen('bell'))
  terminal.onData(seen('answer'))
}

function written(terminal: Terminal, text: string): Promise<void> {
  return new Promise((resolve) => terminal.write(text, resolve))
}

/** The lines of the screen from the cursor on that say something. */
function below({ buffer: { active }, rows }: Terminal): readonly string[] {
  const lines = Array.from(
    { length: rows - active.cursorY },
    (_, index) => active.getLine(active.baseY + active.cursorY + index)?.translateToString(true) ?? '',
  )
  return lines.filter((line) => line.trim() !== '')
}

/** The lines of the screen, without empty ones at the end. */
function linesOf({ buffer: { active } }: Terminal): readonly string[] {
  const lines = Array.from(
    { length: active.length },
    (_, index) => active.getLine(index)?.translateToString(true) ?? '',
  )
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1)
}
