import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readTextFile } from '../files/file.ts'
import { splitLines } from '../files/lines.ts'
import type { Mention } from './answers.ts'
import { findBlocks } from './block.ts'
import { bashLoginFiles } from './login-advice.ts'
import type { ShellName } from './syntax.ts'

/** How far files that read other files are followed. */
const depth = 4

/** Files that one of them names, and characters of a line, that are looked at: nobody writes more by hand. */
const most = { files: 200, columns: 10_000 } as const

/**
 * Lines outside of our blocks that seem to set AWS_PROFILE, in the files that a shell reads when it starts and in those that they plainly
 * name. Files that cannot be read have none. `file` is the start-up file of the block; another pattern finds other lines.
 */
export async function mentions(
  shell: ShellName,
  home: string,
  file: string,
  pattern = shell === 'fish' ? fish : posix,
): Promise<readonly Mention[]> {
  const found: Mention[] = []
  const seen = new Set<string>()
  let next = await startupFiles(shell, home, dirname(file))
  for (let level = 0; level < depth && next.length > 0; level++) {
    const fresh = [...new Set(next)].filter((one) => !seen.has(one)).slice(0, most.files)
    const texts = await Promise.all(fresh.map(async (one) => [one, await textOf(one)] as const))
    for (const one of fresh) seen.add(one)
    for (const [path, text] of texts) for (const one of mentionsIn(shell, path, text, pattern)) found.push(one)
    next = texts.flatMap(([, text]) => named(text, home, dirname(file)))
  }
  return found
}

async function startupFiles(shell: ShellName, home: string, folder: string): Promise<readonly string[]> {
  if (shell === 'bash')
    return [
      ...['/etc/profile', '/etc/bash.bashrc', '/etc/bashrc', ...(await inFolder('/etc/profile.d', '.sh'))],
      ...bashLoginFiles(home),
      ...['.bashrc', '.bash_aliases'].map((name) => join(home, name)),
    ]
  if (shell === 'fish')
    return [
      ...(await inFolder('/etc/fish/conf.d', '.fish')),
      '/etc/fish/config.fish',
      ...(await inFolder(join(folder, 'conf.d'), '.fish')),
      ...['config.fish', 'fish_variables'].map((name) => join(folder, name)),
    ]
  const each = ['zshenv', 'zprofile', 'zshrc', 'zlogin']
  return [
    ...each.flatMap((name) => [`/etc/${name}`, `/etc/zsh/${name}`]),
    join(home, '.zshenv'),
    ...each.map((name) => join(folder, `.${name}`)),
  ]
}

async function inFolder(folder: string, ending: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name))
}

async function textOf(path: string): Promise<string> {
  const read = await readTextFile(path).catch(() => undefined)
  return read?.text ?? ''
}

const posix = /\bAWS_PROFILE:?=(?!=)|\b(?:unset|export)\b.*\bAWS_PROFILE\b/
const fish = /\bset\b.*\bAWS_PROFILE\b|\bexport\s+AWS_PROFILE=|^SETUVAR .*\bAWS_PROFILE:/

function mentionsIn(shell: ShellName, file: string, text: string, pattern: RegExp): readonly Mention[] {
  const own = blocksOf(text, file, shell)
  return splitLines(text).flatMap((line, n) => {
    const isOurs = own.some(({ first, last }) => first <= n && n <= last)
    const isMention = !isOurs && !/^\s*#/.test(line.text) && pattern.test(line.text.slice(0, most.columns))
    return isMention ? [{ file, line: n + 1, text: line.text }] : []
  })
}

function blocksOf(text: string, file: string, shell: ShellName) {
  try {
    return findBlocks(text, file, shell)
  } catch {
    return []
  }
}

/** Files that a text reads by a name that needs no shell to be understood. */
function named(text: string, home: string, zdotdir: string): readonly string[] {
  const reads =
    /(?:^|[\s;&|])(?:source|\.)\s+(["']?)((?:~|\$HOME|\$\{HOME\}|\$ZDOTDIR|\$\{ZDOTDIR\})?\/[\w@%+=:,./-]+)\1/gm
  return [...text.matchAll(reads)].map(([, , path = '']) =>
    path.replace(/^(?:~|\$\{?HOME\}?)(?=\/)/, home).replace(/^\$\{?ZDOTDIR\}?(?=\/)/, zdotdir),
  )
}
