import type { JsonObject } from '../../model/json.ts'
import type { Prerequisite } from '../../plan/prerequisite.ts'
import { shownIn } from '../../text/shown.ts'
import { wrapped } from '../../text/wrap.ts'
import { block } from '../markdown.ts'
import { styleOf } from '../style.ts'

/** Why a prerequisite is all that a plan has. */
export const nothingElse = 'Everything else is planned after this: apply makes this change, then plans and asks again.'

/** A prerequisite as a person reads it, before anything else can be planned. Pure. */
function prerequisiteText(
  prerequisite: Prerequisite,
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const { address, verb, reason, effect } = shownIn(prerequisite)
  const style = styleOf(color)
  const lines = [reason, effect].flatMap((text) => wrapped(text, width))
  return [
    style.strong('Prerequisites'),
    `  ${style.create(verb === 'create' ? '+' : '~')} ${address.padEnd(Math.min(54, width - 12))} ${style.create(verb)}`,
    ...lines,
    '',
    ...wrapped(nothingElse, width, 0),
    '',
  ].join('\n')
}

/** The same in the form that a plan is shown in. Pure. */
export function prerequisiteReport(
  prerequisite: Prerequisite,
  format: 'text' | 'markdown',
  look: { readonly color: boolean; readonly width: number },
): string {
  if (format === 'text') return prerequisiteText(prerequisite, look)
  return block(prerequisiteText(prerequisite, { ...look, color: false }))
}

/** The same as an operation of a plan's JSON. Pure. */
export function prerequisiteJson({ address, verb, reason, effect }: Prerequisite): JsonObject {
  return { address, kind: address, verb, reason, effect, fields: [], needs: [] }
}
