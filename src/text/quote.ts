/** A word of a command, quoted for POSIX shells, zsh and fish where it has to be. */
export function quoted(word: string): string {
  return /^[\w@+:,./-][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** Words to put behind a command, each quoted and with a space in front. */
export function trailing(words: readonly string[]): string {
  return words.map((word) => ` ${quoted(word)}`).join('')
}

/** A command of ours about what has these names, with its flags. A name that would be read as a flag goes behind all of them. */
export function about(command: string, names: readonly string[], flags = ''): string {
  return names.some(isLikeFlag)
    ? `sso-reconcile ${command}${flags} --${trailing(names)}`
    : `sso-reconcile ${command}${trailing(names)}${flags}`
}

/** A profile or an sso-session as `login` and `console` take it: what is behind `--` is another command there. */
export function ofProfile(name: string): string {
  return isLikeFlag(name) ? `--profile ${quoted(name)}` : quoted(name)
}

/** The flag by which the AWS CLI takes a profile; it takes no value that looks like a flag in a word of its own. */
export function awsFlag(flag: string, name: string): readonly string[] {
  return isLikeFlag(name) ? [`${flag}=${name}`] : [flag, name]
}

function isLikeFlag(name: string): boolean {
  return name.startsWith('-')
}
