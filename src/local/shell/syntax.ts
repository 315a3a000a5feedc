/** Shells whose start-up files can hold a block of ours. */
export type ShellName = 'zsh' | 'bash' | 'fish'

interface Syntax {
  /** The line that sets AWS_PROFILE unless it is set already: by direnv, by hand, in a shell within a shell. */
  readonly byDefault: (quoted: string) => string
  /** The line that sets it whatever it was. */
  readonly atOnce: (quoted: string) => string
  readonly quote: (text: string) => string
  /** Undoes `quote` without the quotes around. */
  readonly unquote: (text: string) => string
}

const posix: Syntax = {
  byDefault: (quoted) => `[ -n "\${AWS_PROFILE-}" ] || export AWS_PROFILE=${quoted}`,
  atOnce: (quoted) => `export AWS_PROFILE=${quoted}`,
  quote: (text) => `'${text.replaceAll("'", "'\\''")}'`,
  unquote: (text) => text.replaceAll("'\\''", "'"),
}

/** How each shell says what a block of ours says. */
export const syntax: Readonly<Record<ShellName, Syntax>> = {
  zsh: posix,
  bash: posix,
  fish: {
    byDefault: (quoted) => `set -q AWS_PROFILE; or set -gx AWS_PROFILE ${quoted}`,
    atOnce: (quoted) => `set -gx AWS_PROFILE ${quoted}`,
    quote: (text) => `'${text.replace(/[\\']/g, '\\$&')}'`,
    unquote: (text) => text.replace(/\\([\\'])/g, '$1'),
  },
}

/** The line that sets AWS_PROFILE where it is not set; for zsh and bash it is one that every POSIX shell understands. */
export function defaultLine(shell: ShellName, profile: string): string {
  const { byDefault, quote } = syntax[shell]
  return byDefault(quote(profile))
}

/** True for a line that sets AWS_PROFILE where it is not set, and does nothing else. */
export function isDefaultLine(shell: ShellName, line: string): boolean {
  const [head, tail] = [syntax[shell].byDefault("'"), "'"]
  if (!line.startsWith(head) || !line.endsWith(tail) || line.length < head.length + tail.length) return false
  return line === defaultLine(shell, syntax[shell].unquote(line.slice(head.length, -tail.length)))
}

/** The command that sets AWS_PROFILE in a shell that runs already. */
export function setNow(shell: ShellName, profile: string): string {
  const { atOnce, quote } = syntax[shell]
  return atOnce(quote(profile))
}

/** The command by which a shell that runs already reads a file of its own. A path below the home is shown as people write it. */
export function sourceNow(shell: ShellName, path: string, home: string): string {
  return `source ${shownPath(path, home) ?? syntax[shell].quote(path)}`
}

/** A path below the home with a tilde, where that means the same without quotes. */
export function shownPath(path: string, home: string): string | undefined {
  const inside = home !== '/' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
  return /^~?[\w@%+=:,./-]+$/.test(inside) ? inside : undefined
}
