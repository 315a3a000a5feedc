import { type ConfigDocument, type ConfigSection, findSection } from '../../local/aws-config/document.ts'
import { Refusal } from '../../model/diagnostic.ts'

/** Profiles and sessions that are written twice, or in a way that only some AWS tools read, with why. */
export function misspeltSections(document: ConfigDocument): Map<ConfigSection, string> {
  return new Map(
    document.sections.flatMap((section) => {
      if (section.kind !== 'profile' && section.kind !== 'sso-session') return []
      const all = document.index.get(`${section.kind}/${section.name}`) ?? []
      const why = all.length > 1 ? twice(all) : oddHeader(document, section)
      return why === undefined ? [] : [[section, why] as const]
    }),
  )
}

function twice(all: readonly ConfigSection[]): string {
  const places = all.map(({ header, at }) => `[${header}] on line ${at.line}`).join(' and ')
  return `it appears ${all.length === 2 ? 'twice' : `${all.length} times`}, as ${places}, and AWS tools disagree on which one counts; merge them`
}

function oddHeader(document: ConfigDocument, { kind, name, header, at }: ConfigSection): string | undefined {
  try {
    findSection(document, kind, name)
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return `only the AWS CLI reads [${header}] on line ${at.line} as ${kind} ${name}; change it to [${kind} ${name}]`
  }
}

/** The text with these sections emptied: what comes after them keeps its line and its meaning. */
export function without(document: ConfigDocument, text: string, sections: Iterable<ConfigSection>): string {
  const gone = new Map([...sections].map(({ first, last }) => [first, last]))
  if (gone.size === 0) return text
  let until = -1
  return document.lines
    .map((line, index) => {
      const last = gone.get(index)
      if (last !== undefined) until = last
      if (last !== undefined) return `[left-out-${index}]${line.end}`
      return index <= until ? line.end : `${line.text}${line.end}`
    })
    .join('')
}
