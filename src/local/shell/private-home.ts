import type { Dirent } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ifExists } from '../files/disk.ts'
import { sourceLine } from './login-advice.ts'
import { isDefaultLine, type ShellName } from './syntax.ts'

/** Files of a home that shells run when they start. */
const startup: readonly (readonly [ShellName, RegExp])[] = [
  ['zsh', /^\.z(?:shenv|profile|shrc|login|logout)(?:\.zwc)?$/],
  ['bash', /^\.(?:bashrc|bash_profile|bash_login|bash_logout|profile|inputrc)$/],
]

/** Folders that lead to what is written or run. */
const folders = ['.aws', '.config', '.config/fish', '.local', '.local/share', '.local/share/fish']

/** What fish writes there by itself and does not run. */
const notRun = /^\.local\/share\/fish\/(?:fish_history$|generated_completions\/)/

/** A variable that a first start of fish sets: colours and keys. */
const fishVariable = /^SETUVAR (?:__fish_initialized|fish_(?:pager_)?color_\w+|fish_key_bindings):/

/**
 * The first thing in the private home of a sandbox that somebody else put there and that would be followed or run: a link, which leads to
 * files that are not the sandbox's, or a start-up file with more in it than lines of ours. A repository can bring a sandbox along, and
 * trying a manifest in it must not run what it holds. Undefined where there is none.
 */
export async function foreignIn(home: string): Promise<string | undefined> {
  for (const path of ['.', ...folders])
    if (await isLink(join(home, path))) return path === '.' ? home : join(home, path)
  const top = await entriesOf(home, false)
  const own = [...(await entriesOf(join(home, '.aws'), true)), ...top]
  const link = own.find((one) => one.isSymbolicLink())
  if (link) return join(link.parentPath, link.name)
  for (const { name } of top) {
    const [shell] = startup.find(([, form]) => form.test(name)) ?? []
    if (shell && !(await holdsOnly(join(home, name), (line) => isOurs(line, shell)))) return join(home, name)
  }
  return foreignToFish(home)
}

async function foreignToFish(home: string): Promise<string | undefined> {
  for (const folder of ['.config/fish', '.local/share/fish'])
    for (const entry of await entriesOf(join(home, folder), true)) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isDirectory() || notRun.test(path.slice(home.length + 1))) continue
      const isKnown = entry.name === 'fish_variables' ? isVariable : (line: string) => isOurs(line, 'fish')
      if (!(entry.isFile() && (await holdsOnly(path, isKnown)))) return path
    }
  return undefined
}

function isOurs(line: string, shell: ShellName): boolean {
  return line === '' || line.startsWith('#') || line === sourceLine || isDefaultLine(shell, line)
}

function isVariable(line: string): boolean {
  return line === '' || line.startsWith('#') || fishVariable.test(line)
}

async function holdsOnly(path: string, isKnown: (line: string) => boolean): Promise<boolean> {
  if (!(await lstat(path)).isFile()) return false
  return (await readFile(path, 'utf8')).split('\n').every(isKnown)
}

async function isLink(path: string): Promise<boolean> {
  return (await ifExists(lstat(path)))?.isSymbolicLink() === true
}

async function entriesOf(folder: string, recursive: boolean): Promise<readonly Dirent[]> {
  if ((await ifExists(lstat(folder)))?.isDirectory() !== true) return []
  return readdir(folder, { withFileTypes: true, recursive })
}
