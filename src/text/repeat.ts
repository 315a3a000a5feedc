/** Commands that work on a manifest and reach AWS, and so mean what these flags say. */
const flaggedCommands = [
  ...['init', 'validate', 'plan', 'apply', 'adopt', 'ignore', 'access', 'iam-policy', 'doctor', 'login', 'console'],
  ...['grant', 'revoke', 'export'],
]

const own = new RegExp(`\\bsso-reconcile (?:${flaggedCommands.join('|')})\\b`, 'g')

/** Flags for each command, or those that fit the command; each begins with a space. */
export type FlagsFor = string | ((command: string) => string)

/**
 * A text whose commands of ours carry these flags, so that they mean the same manifest and the same AWS. Those that a command carries already
 * are not put there again. Pure.
 */
export function repeating(text: string, flags: FlagsFor): string {
  return text.replaceAll(own, (command, offset: number) => {
    const more = typeof flags === 'string' ? flags : flags(command)
    const [rest = ''] = text.slice(offset + command.length).split('sso-reconcile ', 1)
    return (
      command +
      each(more)
        .filter((flag) => !carries(rest, flag))
        .join('')
    )
  })
}

/** Each flag with its value, as it is written. */
function each(flags: string): readonly string[] {
  return flags.split(/(?= --)/)
}

function carries(rest: string, flag: string): boolean {
  const end = rest.indexOf(flag) + flag.length
  return rest.includes(flag) && !/[\w-]/.test(rest.charAt(end))
}
