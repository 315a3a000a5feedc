import type { ConfigSection } from '../../local/aws-config/document.ts'
import { isSectionName } from '../../local/aws-config/values.ts'
import { type Identity, tools } from '../../local/identity/identity.ts'
import type { Who } from '../../local/identity/who.ts'
import { decidedAt, does, identityWords, toolWords } from '../../local/identity/words.ts'

/** What some AWS tool resolves a profile to instead of what its own keys say; undefined where none does. Pure. */
export function stranger(section: ConfigSection, who: Who): string | undefined {
  const found = tools.map((tool) => ({ tool, is: who(tool, { profile: section.name }) }))
  const others = found.filter(({ is }) => isSomebody(is, section) && !agrees(is, section))
  const [first] = others
  if (!first) return undefined
  if (isAround(first.is)) return `${toolWords([first.tool])} cannot see it in this file`
  const words = identityWords(first.is)
  const same = others.filter(({ is }) => identityWords(is) === words).map(({ tool }) => tool)
  const line = decidedAt(first.is)?.line
  return `${toolWords(same)} ${does(same, 'resolve')} it to ${words}${line === undefined ? '' : ` (line ${line}${placeOf(first.is)})`}`
}

/** Why the AWS CLI refuses a profile that says all it needs; undefined where it does not. Pure. */
export function refusedByCli({ name }: ConfigSection, who: Who): string | undefined {
  const is = who('aws-cli', { profile: name })
  return is.provider === 'nobody' ? `the AWS CLI rejects it: ${is.why}` : undefined
}

function placeOf(is: Identity): string {
  return is.provider === 'keys' && is.from === 'credentials' ? ' of the credentials file' : ''
}

/** False for tools that stop; what the machine itself may be counts only where the profile says something else. */
function isSomebody(is: Identity, { name, options }: ConfigSection): boolean {
  if (isAround(is)) return options.has('sso_account_id') && isSectionName(name)
  return is.provider !== 'nobody'
}

function isAround({ provider }: Identity): boolean {
  return provider === 'instance' || provider === 'container'
}

function agrees(is: Identity, { options }: ConfigSection): boolean {
  const own = (key: string) => options.get(key)?.value
  return (
    is.provider === 'sso' &&
    is.account === own('sso_account_id') &&
    is.role === own('sso_role_name') &&
    is.session === own('sso_session')
  )
}
