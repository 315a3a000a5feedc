import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import type { Environment } from '../aws-config/paths.ts'
import { shellWords } from '../aws-config/words.ts'
import type { Place } from './place.ts'

/** A program and its arguments; `%s` stands for the address, which comes last where no word has it. */
type Opener = readonly string[]

/** On Windows no shell may see the address, as `&` means something to it. */
const handler = 'url.dll,FileProtocolHandler'

const byPlatform: Readonly<Record<string, readonly Opener[]>> = {
  darwin: [['open']],
  win32: [['rundll32.exe', handler]],
  wsl: [['wslview'], ['rundll32.exe', handler], ['/mnt/c/Windows/System32/rundll32.exe', handler]],
}

/** Programs that open an address in a browser here, in the order to try them: those that BROWSER names come first. Pure. */
export function openersFor({ platform, remote }: Place, { BROWSER = '' }: Environment): readonly Opener[] {
  const own = BROWSER.split(delimiter)
    .map((one) => shellWords(one) ?? [])
    .filter(([program]) => program !== undefined && program !== '')
  const usual = byPlatform[remote === 'wsl' ? remote : platform] ?? [['xdg-open']]
  return [...own, ...usual]
}

/** An opener that has not failed by then has shown a page, or is the browser itself. */
const patience = 3_000

/**
 * Opens an address with the first of these programs that can, without any shell. False when none could. What they write is not shown,
 * as it is about them and not about the login.
 */
export async function openInBrowser(
  address: string,
  openers: readonly Opener[],
  env: Environment,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<boolean> {
  // What comes from a service must not start anything but a page.
  if (!/^https?:$/.test(URL.canParse(address) ? new URL(address).protocol : '')) return false
  for (const opener of openers) if (await opens(opener, address, env, pause)) return true
  return false
}

async function opens(
  opener: Opener,
  address: string,
  env: Environment,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<boolean> {
  const filled = opener.map((word) => word.replaceAll('%s', () => address))
  const [program = '', ...rest] = opener.some((word) => word.includes('%s')) ? filled : [...opener, address]
  const child = spawn(program, rest, { env, stdio: 'ignore', detached: true })
  child.unref()
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
  return Promise.race([ended, pause(patience).then(() => true)])
}
