import { visit } from 'yaml'
import { jsonText } from '../../text/json.ts'
import { isJson } from '../json-contents.ts'
import { documentOf } from './document.ts'

/** An edited text that was JSON before with what was added spelled as JSON, which its other readers need; any other text as it is. Pure. */
export function keptJson(before: string, after: string): string {
  if (!isJson(before) || isJson(after)) return after
  const json = spelled(after)
  return isJson(json) ? json : after
}

/** The text with each scalar as JSON spells it; those that are so already stay. */
function spelled(text: string): string {
  const pieces: string[] = []
  let from = 0
  visit(documentOf(text), {
    Scalar(_key, { range, value }) {
      const [start = 0, end = 0] = range ?? []
      if (isJson(text.slice(start, end))) return
      pieces.push(text.slice(from, start), jsonText(value))
      from = end
    },
  })
  return pieces.join('') + text.slice(from)
}
