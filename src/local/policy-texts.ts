import { readFile } from 'node:fs/promises'
import type { Json } from '../model/json.ts'
import type { PolicyTexts } from '../model/policy-texts.ts'

/** One policy a line, as `\nNAME DOCUMENT\n`; written by scripts/generate.mjs. */
const file = new URL('../generated/iam-documents.txt', import.meta.url)

/**
 * AWS's managed policies as they were on the day of the list that comes with this version. The file of three megabytes is read once; a
 * document is parsed where somebody asks for it. Throws where the file is missing, which an installation is not complete without.
 */
export async function managedPolicyTexts(): Promise<PolicyTexts> {
  const lines = await readFile(file)
  const parsed = new Map<string, Json | undefined>()
  return {
    get(name) {
      if (!parsed.has(name)) parsed.set(name, documentIn(lines, name))
      return parsed.get(name)
    },
  }
}

function documentIn(lines: Buffer, name: string): Json | undefined {
  // No name has white space; one that has would find a part of a document.
  const at = /\s/.test(name) ? -1 : lines.indexOf(`\n${name} `)
  if (at < 0) return undefined
  const from = at + Buffer.byteLength(name) + 2
  return JSON.parse(lines.toString('utf8', from, lines.indexOf('\n', from)))
}
