import { type Document, parseDocument } from 'yaml'

/** A manifest's text as the document in which an edit looks for its place; what is wrong with it was told when it was read. Pure. */
export function documentOf(text: string): Document {
  return parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, keepSourceTokens: true })
}
