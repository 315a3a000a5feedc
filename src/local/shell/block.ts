import { error, Refusal } from '../../model/diagnostic.ts'
import { joinLines, type Line, splitLines, trim } from '../files/lines.ts'
import { defaultLine, type ShellName, syntax } from './syntax.ts'

export type { ShellName } from './syntax.ts'

/** What a block of ours says: whose it is and which profile new shells of this kind use. */
export interface BlockContent {
  readonly shell: ShellName
  /** `sso-reconcile` or `sso-reconcile/NAME`, as in the markers. */
  readonly owner: string
  readonly profile: string
}

/** A block between markers. `first` and `last` are indexes of the marker lines. */
export interface ShellBlock {
  readonly owner: string
  readonly first: number
  readonly last: number
  /** The profile it sets; absent where that can no longer be told. */
  readonly profile?: string
  /** True when it is byte for byte what would be written for that profile. */
  readonly exact: boolean
}

interface Marker {
  readonly edge: 'begin' | 'end'
  readonly owner: string
  readonly index: number
}

const MARKER = /^# (>>>|<<<) (sso-reconcile(?:\/.+)?) \1$/
const NOTE = '# managed by sso-reconcile; edits here will be overwritten'

/**
 * The blocks of this tool in a start-up file, of every owner. Throws a Refusal that names the lines unless each owner has
 * exactly one begin and one end marker, in this order, and no block lies in another.
 */
export function findBlocks(text: string, file: string, shell: ShellName): ShellBlock[] {
  const lines = splitLines(text)
  const markers = lines.flatMap((line, index) => markerOf(line, index) ?? [])
  if (!paired(markers)) throw unbalanced(markers, file)
  return markers.flatMap((begin, n) => {
    const end = markers[n + 1]
    return begin.edge === 'begin' && end ? [blockOf(lines.slice(begin.index, end.index + 1), begin, shell)] : []
  })
}

/** The text with the owner's block saying this: in place where there is one, else at the end after one blank line. */
export function setBlock(text: string, file: string, content: BlockContent): string {
  const block = findBlocks(text, file, content.shell).find((one) => one.owner === content.owner)
  if (!block) return text === '' ? render(content) : `${text.endsWith('\n') ? text : `${text}\n`}\n${render(content)}`
  const lines = splitLines(text)
  return joinLines(lines.slice(0, block.first)) + render(content) + joinLines(lines.slice(block.last + 1))
}

/** The text without the owner's block, and without the blank line that set it apart unless other text needs that. */
export function removeBlock(text: string, file: string, { shell, owner }: Omit<BlockContent, 'profile'>): string {
  const block = findBlocks(text, file, shell).find((one) => one.owner === owner)
  if (!block) return text
  const lines = splitLines(text)
  const [above, below] = [lines[block.first - 1], lines[block.last + 1]]
  const apart = above?.text === '' && (below === undefined || below.text === '')
  return joinLines(lines.slice(0, block.first - (apart ? 1 : 0))) + joinLines(lines.slice(block.last + 1))
}

/** True when a text holds nothing but blocks of this tool and blank lines. */
export function holdsOnlyBlocks(text: string, file: string, shell: ShellName): boolean {
  const blocks = findBlocks(text, file, shell)
  const inside = (index: number) => blocks.some(({ first, last }) => first <= index && index <= last)
  return blocks.every(({ exact }) => exact) && splitLines(text).every((line, n) => line.text === '' || inside(n))
}

/** Line feeds always: with CRLF a shell would take the carriage return as part of the profile's name. */
function render({ shell, owner, profile }: BlockContent): string {
  return [`# >>> ${owner} >>>`, NOTE, defaultLine(shell, profile), `# <<< ${owner} <<<`, ''].join('\n')
}

function blockOf(lines: readonly Line[], { owner, index }: Marker, shell: ShellName): ShellBlock {
  const place = { owner, first: index, last: index + lines.length - 1 }
  const { byDefault: line, unquote } = syntax[shell]
  const [head, tail] = [line("'"), "'"]
  const found = lines.map((one) => trim(one.text)).find((one) => one.startsWith(head) && one.endsWith(tail))
  if (found === undefined || found.length < head.length + tail.length) return { ...place, exact: false }
  const profile = unquote(found.slice(head.length, -tail.length))
  // A last line without line end says the same.
  const written = joinLines(lines).replace(/(?<!\n)$/, '\n')
  return { ...place, profile, exact: written === render({ shell, owner, profile }) }
}

function markerOf({ text }: Line, index: number): Marker[] | undefined {
  const [, arrows, owner] = MARKER.exec(trim(text)) ?? []
  return owner === undefined ? undefined : [{ edge: arrows === '>>>' ? 'begin' : 'end', owner, index }]
}

function paired(markers: readonly Marker[]): boolean {
  const begins = markers.filter((_one, n) => n % 2 === 0)
  const owners = new Set(begins.map(({ owner }) => owner))
  return (
    markers.length % 2 === 0 &&
    owners.size === begins.length &&
    begins.every((begin, n) => {
      const end = markers[2 * n + 1]
      return begin.edge === 'begin' && end?.edge === 'end' && end.owner === begin.owner
    })
  )
}

function unbalanced(markers: readonly Marker[], file: string): Refusal {
  const found = markers.map(({ edge, owner, index }) => `${edge} of ${owner} on line ${index + 1}`).join(', ')
  const message = `the sso-reconcile markers do not match: expected one begin, then one end; found ${found}`
  const hint = 'delete the extra marker lines or restore the missing one, then run this again'
  const at = { file, line: (markers[0]?.index ?? 0) + 1, column: 1 }
  return new Refusal(error('shell-markers', message, { hint, at }))
}
