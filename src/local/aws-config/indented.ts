import { error, Refusal } from '../../model/diagnostic.ts'
import { indentation } from '../files/lines.ts'
import { type ConfigDocument, type ConfigSection, sectionId } from './document.ts'

/**
 * A line that looks like a header but is indented deeper than the option above it: part of that option's value for the
 * AWS CLI, a section for the AWS SDK for JavaScript. `index` is its line, `id` the section it would be.
 */
export interface HiddenHeader {
  readonly index: number
  readonly id: string
}

/** All headers hidden in values. */
export function hiddenHeaders(document: ConfigDocument): HiddenHeader[] {
  return document.lines.flatMap((line, index) => {
    const header = line.role === 'continuation' ? /^\s*\[(.+)\]/.exec(line.text)?.[1] : undefined
    return header === undefined ? [] : [{ index, id: sectionId(header) }]
  })
}

/** Refuses to edit a section that has such a header in it or in another's value: AWS tools disagree where it ends. */
export function refuseHidden(
  document: ConfigDocument,
  hidden: readonly HiddenHeader[],
  id: string,
  section: ConfigSection | undefined,
): void {
  const found = hidden.find(
    (one) => one.id === id || (section && section.first < one.index && one.index <= section.last),
  )
  if (found) throw indentedHeader(document, found.index)
}

/** Refuses deletions after which an indented header would follow, and so continue, an option that is indented less. */
export function refuseSwallowed(document: ConfigDocument, deleted: ReadonlySet<ConfigSection>): void {
  const kept = document.sections.filter((section) => !deleted.has(section))
  for (const [n, section] of kept.entries()) {
    const above = kept[n - 1]
    const option = [...(above?.options.values() ?? [])].at(-1)
    const indent = option && indentation(document.lines[option.first]?.text ?? '')
    if (above && indent !== undefined && section.at.column - 1 > indent) throw indentedHeader(document, section.first)
  }
}

function indentedHeader(document: ConfigDocument, index: number): Refusal {
  const column = indentation(document.lines[index]?.text ?? '') + 1
  const message = 'an indented header becomes part of the section above; expected it at the start of the line'
  const at = { file: document.file, line: index + 1, column }
  return new Refusal(
    error('config-indented-header', message, { hint: 'remove the indentation, then run this again', at }),
  )
}
