import type { FolderEntry } from '../../local/files/inside.ts'
import { matchesPattern } from '../../model/name-pattern.ts'

/** What is wrong with a path or pattern of `include`, and what to write instead; undefined for nothing. Pure. */
export function patternTrouble(pattern: string): readonly [message: string, hint: string] | undefined {
  const written = JSON.stringify(pattern)
  if (pattern.includes('\\'))
    return [`${written} has a \\`, `write / between folders: ${pattern.replaceAll('\\', '/')}`]
  if (/^(?:\/|[A-Za-z]:)/.test(pattern))
    return [`${written} is an absolute path`, 'write a path relative to the folder of the manifest']
  const parts = pattern.split('/')
  if (parts.includes('..'))
    return [`${written} leads out of the folder of the manifest`, 'move the file into the folder, or the manifest up']
  if (parts.some((part) => part === '' || part === '.'))
    return [`${written} is not a path to files`, 'write a path such as teams/a.yaml, or a pattern such as teams/*.yaml']
  if (parts.includes('**')) return [`${written} has **, which is not supported`, 'write one * for each folder']
  const sign = /[?[\]{}]/.exec(pattern)?.[0]
  return sign === undefined
    ? undefined
    : [`${written} has ${sign}, which means nothing here`, 'use * for any characters, or list the files']
}

/** True for what stands for any number of files, and not for one. */
export function isPattern(named: string): boolean {
  return named.includes('*')
}

/** Lists a folder, `.` for that of the manifest; undefined for what is none. */
export type List = (folder: string) => Promise<readonly FolderEntry[] | undefined>

/** Files that a pattern matches, in the order of their code points, and folders on the way that hold nothing. */
export interface Matches {
  readonly files: readonly string[]
  readonly empty: readonly string[]
}

/** Finds the files that a pattern matches. A star never matches the dot that a name begins with. */
export async function matchesOf(pattern: string, list: List): Promise<Matches> {
  const parts = pattern.split('/')
  const first = parts.findIndex(isPattern)
  const empty: string[] = []
  let found: readonly string[] = [parts.slice(0, first).join('/')]
  for (const [index, part] of parts.entries()) {
    if (index < first) continue
    const isLast = index === parts.length - 1
    const next: string[] = []
    for (const folder of found) {
      const entries = await list(folder || '.')
      if (entries?.length === 0 && index > first) empty.push(folder)
      for (const { name, is } of entries ?? [])
        if (fits(part, name) && (isLast || is !== 'file')) next.push(folder === '' ? name : `${folder}/${name}`)
    }
    found = next
  }
  return { files: found.toSorted(byCodePoints), empty }
}

function fits(part: string, name: string): boolean {
  return isPattern(part) ? matchesPattern(part, name) && (part.startsWith('.') || !name.startsWith('.')) : part === name
}

function byCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
