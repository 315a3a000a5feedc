/** Commands that work on a manifest and reach AWS, and so mean what these flags say. */
const flaggedCommands = [
  ...['init', 'validate', 'plan', 'apply', 'adopt', 'ignore', 'access', 'iam-policy', 'doctor', 'login', 'console'],
  ...['grant', 'revoke', 'export'],
]

const own = new RegExp(`\\bsso-reconcile (?:${flaggedCommands.join('|')})\\b`, 'g')

/** A text whose commands of ours carry these flags, or those that fit the command, so that they mean the same manifest and the same AWS. */
export function repeating(text: string, flags: string | ((command: string) => string)): string {
  return text.replaceAll(own, (command) => command + (typeof flags === 'string' ? flags : flags(command)))
}
