import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { platform } from 'node:os'

/** Longer than these programs ever take, in milliseconds. */
const PATIENCE = 10_000
/** There on Linux with SELinux, where a file also has a label; `cp` fails when asked for it elsewhere. */
const SELINUX = '/sys/fs/selinux/enforce'

/**
 * Gives one file the access control list, the extended attributes and the permission bits of another; Node has no way to. The
 * content of the second may be replaced. False where something of the first was seen that the second would lack. Never throws.
 */
export async function copyAttributes(from: string, to: string): Promise<boolean> {
  if (!(await copied(from, to))) return !(await hasAttributes(from))
  const [one, other] = await listSigns(from, to)
  return one === other || !(isSign(one) || isSign(other))
}

async function copied(from: string, to: string): Promise<boolean> {
  // What macOS calls `cp` copies all of them with -p; elsewhere -p says less, and other programs of the name do not know these words.
  if (platform() === 'darwin') return (await output('cp', ['-p', from, to])) !== undefined
  const preserve = `--preserve=mode,xattr${existsSync(SELINUX) ? ',context' : ''}`
  return (await output('cp', ['--attributes-only', preserve, '--', from, to])) !== undefined
}

/** What `ls` says, and `getfattr` where it is installed; nothing else can be asked everywhere. */
async function hasAttributes(path: string): Promise<boolean> {
  if ((await listSigns(path)).some(isSign)) return true
  const named = (await output('getfattr', ['--absolute-names', '-m', '-', '--', path])) ?? ''
  return named.split('\n').some((line) => line !== '' && !line.startsWith('#') && line !== 'security.selinux')
}

/** The characters that `ls` puts behind permission bits: `+` for an access control list, `@` on macOS for attributes. */
async function listSigns(...paths: readonly string[]): Promise<(string | undefined)[]> {
  const lines = (await output('ls', ['-ld', '--', ...paths])) ?? ''
  return lines.split('\n').map((line) => line[10])
}

function isSign(sign: string | undefined): boolean {
  return sign === '+' || sign === '@'
}

/** What a program says; undefined when it fails or is not there. */
function output(program: string, words: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...words], { timeout: PATIENCE }, (cause, stdout) => resolve(cause ? undefined : stdout))
  })
}
