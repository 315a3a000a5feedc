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
  const seen = (what: string) => () => {
    steered.push(what)
    return true
  }
  const { parser } = terminal
  const isColour = ({ final, prefix, intermediates }: IFunctionIdentifier) => final === 'm' && !prefix && !intermediates
  for (const id of ways.filter((one) => !isColour(one))) parser.registerCsiHandler(id, seen(`CSI ${id.final}`))
  for (const id of ways) parser.registerDcsHandler(id, seen(`DCS ${id.final}`))
  for (const final of finals) parser.registerEscHandler({ final }, seen(`ESC ${final}`))
  for (let code = 0; code < 120; code += 1) parser.registerOscHandler(code, seen(`OSC ${code}`))
  terminal.onTitleChange(seen('title'))
  terminal.onBell(seen('bell'))
  terminal.onData(seen('answer'))
  return { terminal, steered }
}

function written(terminal: Terminal, text: string): Promise<void> {
  return new Promise((resolve) => terminal.write(text, resolve))
}

/** The lines of the screen, without empty ones at the end. */
function linesOf({ buffer: { active } }: Terminal): readonly string[] {
  const lines = Array.from({ length: active.length }, (_, index) => active.getLine(index)?.translateToString(true) ?? '')
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1)
}
