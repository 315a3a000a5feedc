import { indentSlip } from './indent.ts'
import { type BlockLine, type Lines, readLines } from './lines.ts'
import type { Slip } from './slip.ts'
import { wideSlip } from './wide.ts'

/** An error of the parser: its code, and where it stumbled. */
export interface Stumble {
  readonly code: string
  readonly pos: readonly [start: number, end: number]
}

/**
 * What a person's hand did to a text that is no valid YAML, where that can be told: the parser only says where it could not go on. One
 * for each cause; nothing when no cause is found. Pure, in time that grows with the text.
 */
export function slipsIn(text: string, stumbles: readonly Stumble[]): readonly Slip[] {
  const tabs = tabSlip(text, stumbles)
  if (tabs) return [tabs]
  const lines = readLines(text)
  const near = linesNear(lines.block, stumbles)
  const wide = near.flatMap((line) => wideSlip(line) ?? [])
  if (wide.length > 0) return wide
  const found = unclosed(lines, text, stumbles) ?? near.map(joinedSlip).find((one) => one) ?? indentSlip(lines.block)
  return found ? [found] : []
}

/** The lines on which the parser stumbled, and two before each. */
function linesNear(block: readonly BlockLine[], stumbles: readonly Stumble[]): readonly BlockLine[] {
  const offsets = stumbles.map(({ pos }) => pos[0]).sort((a, b) => a - b)
  const near = new Set<BlockLine>()
  let next = 0
  for (const [index, { end }] of block.entries()) {
    if (next === offsets.length) break
    if ((offsets[next] ?? 0) > end) continue
    for (const one of block.slice(Math.max(0, index - 2), index + 1)) near.add(one)
    while (next < offsets.length && (offsets[next] ?? 0) <= end) next += 1
  }
  if (next < offsets.length) for (const one of block.slice(-2)) near.add(one)
  return [...near]
}

/** Tabs, once for all lines. */
function tabSlip(text: string, stumbles: readonly Stumble[]): Slip | undefined {
  const first = stumbles.find(({ code }) => code === 'TAB_AS_INDENT')
  if (!first) return undefined
  const [start, end] = first.pos
  const lines = text.match(/^ *\t\s*[^\s#]/gm)?.length ?? 1
  const message = lines > 1 ? `tabs are used for indentation, on ${lines} lines` : 'a tab is used for indentation'
  return { message, hint: 'indent with spaces', start, end: Math.max(end, start) }
}

const closedBy: Readonly<Record<string, readonly [close: string, wide: string]>> = {
  '[': [']', '\uff3d'],
  '{': ['}', '\uff5d'],
}

/** A bracket or a quote that nothing closes. */
function unclosed({ open }: Lines, text: string, stumbles: readonly Stumble[]): Slip | undefined {
  const inner = open.at(-1)
  if (!inner || !stumbles.some(({ code }) => code === 'BAD_INDENT' || code === 'MISSING_CHAR')) return undefined
  const { mark, offset } = inner
  const [close, wide] = closedBy[mark] ?? [mark, undefined]
  const [line = ''] = text.slice(offset).split('\n', 1)
  const instead = wide === undefined ? -1 : line.indexOf(wide)
  const where = { start: offset, end: offset + 1 }
  if (instead < 0) return { message: `the ${mark} is not closed`, hint: `add the closing ${close}`, ...where }
  const message = `the ${mark} is closed by the full-width ${wide}, which is not a YAML bracket`
  return {
    message,
    hint: `turn the input method off and type ${close}`,
    start: offset + instead,
    end: offset + instead + 1,
  }
}

/** A value that follows the colon of its key without a space. */
function joinedSlip({ start, indent, content }: BlockLine): Slip | undefined {
  const [, dash = '', key, value] = /^(-\s+)?([\w.-]+|"[^"]*"|'[^']*'):([^\s:/].*)$/.exec(content) ?? []
  if (key === undefined || value === undefined) return undefined
  const at = start + indent + dash.length + key.length
  return {
    message: `a space is missing after ${key}:`,
    hint: `write ${key}: ${value.slice(0, 60)}`,
    start: at,
    end: at + 1,
  }
}
