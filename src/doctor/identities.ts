import { type Identity, signsIn, type Tool, tools } from '../local/identity/identity.ts'
import { decidedAt, identityWords, takenWords } from '../local/identity/words.ts'
import { unsoundProfile } from './config-file.ts'
import type { Evidence, ProfileIdentity } from './evidence.ts'
import { type Check, type Finding, type Fix, problem, warn } from './finding.ts'
import { writing } from './words.ts'

/** Each profile is who its keys of Identity Center say, for every tool: other lines and files decide as well. */
export const identities: Check = {
  name: 'identities',
  title: 'Identity of each profile',
  examine: (evidence) =>
    evidence.local?.identities.flatMap((one) => [...strangers(one, evidence), ...elsewhere(one, evidence)]) ?? [],
}

/** A profile that asks another address than AWS who it is, unless the manifest wants it so. */
function elsewhere({ profile, elsewhere: other }: ProfileIdentity, { manifest }: Evidence): readonly Finding[] {
  const row = manifest?.manifest.local?.profiles?.[profile]
  if (!other || row?.settings?.[other.key]) return []
  return [
    (row ? problem : warn)(
      'profile-endpoint',
      `profile ${profile} gets its identity from ${other.url} instead of AWS (${other.key}, ${other.at.file}:${other.at.line})`,
      { text: 'to use AWS itself, delete that address; an AWS emulator needs no login' },
    ),
  ]
}

function strangers({ profile, is }: ProfileIdentity, evidence: Evidence): readonly Finding[] {
  const isDesired = profile in (evidence.manifest?.manifest.local?.profiles ?? {})
  const { document } = evidence.local?.config ?? {}
  const isUnsound = document !== undefined && unsoundProfile(profile, document).length > 0
  const odd = tools.filter((tool) => !signsIn(is[tool]) && !isTold(is[tool], isUnsound))
  const [first] = odd
  if (!first) return []
  const same = odd.filter((tool) => identityWords(is[tool]) === identityWords(is[first]))
  return [
    (isDesired ? problem : warn)(
      'profile-somebody-else',
      sentence(profile, is[first], same),
      first === 'js-sdk' && isHalfSeen(is[first]) ? { text: asRead } : fixOf(is[first], isDesired, evidence),
    ),
  ]
}

/** Access keys and files that cannot be read have checks of their own, and so has much of what is not whole about a login. */
function isTold(identity: Identity, isUnsound: boolean): boolean {
  if (identity.provider !== 'nobody') return identity.provider === 'keys'
  return identity.because === 'unreadable' || (identity.because === 'login' && isUnsound)
}

function sentence(profile: string, is: Identity, which: readonly Tool[]): string {
  const place = decidedAt(is)
  const where = place ? ` (${place.file}:${place.line})` : ''
  return `${takenWords(`profile ${profile}`, is, which)}${where}${is.provider === 'nobody' ? '' : ', although it has the keys of a login'}`
}

const asRead =
  'write it as every AWS tool reads it: [profile NAME] and [sso-session NAME] with one space, and keys in lower case before ='

/** True where a tool sees less of a login than the AWS CLI does. */
function isHalfSeen(identity: Identity): boolean {
  return identity.provider === 'nobody' && identity.because === 'login'
}

function fixOf(is: Identity, isDesired: boolean, evidence: Evidence): Fix {
  const inConfig = decidedAt(is)?.file === evidence.local?.config.path
  if (isHalfSeen(is)) return { text: 'remove that line from the file' }
  if (isDesired && inConfig) return { text: 'run apply to remove those lines', commands: [writing(evidence)] }
  return { text: 'remove that line from the file, or remove the keys of the login from the profile' }
}
