import { sectionId } from '../../local/aws-config/document.ts'
import { cutOption, lexConfig } from '../../local/aws-config/lex.ts'
import type { RawSection } from './sign-in-hints.ts'

/** Sections of a text that the AWS CLI cannot read, line by line; the first value of a key counts. */
export function crudeSections(text: string): (RawSection & { readonly header: string; readonly line: number })[] {
  const found: { header: string; line: number; kind: RawSection['kind']; name: string; values: Map<string, string> }[] =
    []
  for (const [index, line] of lexConfig(text).entries()) {
    const { values } = found.at(-1) ?? {}
    if (line.role === 'header') {
      const [kind, name] = sectionId(line.header).split(/\/(.*)/s)
      found.push({
        header: line.header,
        line: index + 1,
        kind: kind as RawSection['kind'],
        name: name ?? '',
        values: new Map(),
      })
    } else if (line.role === 'option' && values && !values.has(line.key))
      values.set(line.key, cutOption(line.text).value)
  }
  return found
}
