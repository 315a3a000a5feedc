/** Commands that work on a manifest and reach AWS, and so mean what these flags say. */
const flaggedCommands = [
  ...['init', 'validate', 'plan', 'apply', 'adopt', 'ignore', 'access', 'iam-policy', 'doctor', 'login', 'console'],
  ...['grant', 'revoke', 'export'],
]

const own = new RegExp(`\\bsso-reconcile (?:${flaggedCommands.join('|')})\\b`, 'g')

/** Flags for each command, or those that fit the command; each begins with a space. */
export type FlagsFor = string | ((command: string) => string)

/**
 * A text whose commands of ours carry these flags, so that they mean the same manifest and the same AWS. A command that carries them stays
 * as it is. Pure.
 */
export function repeating(text: string, flags: FlagsFor): string {
  return text.replaceAll(own, (command, offset: number) => {
    const more = typeof flags === 'string' ? flags : flags(command)
    const [rest = ''] = text.slice(offset + command.length).split('sso-reconcile ', 1)
    return rest.includes(more) ? command : command + more
  })
}
