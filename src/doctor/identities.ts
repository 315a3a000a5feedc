import { type Identity, signsIn, type Tool, tools } from '../local/identity/identity.ts'
import { decidedAt, identityWords, takenWords } from '../local/identity/words.ts'
import { unsoundProfile } from './config-file.ts'
import type { Evidence, ProfileIdentity } from './evidence.ts'
import { type Check, type Finding, type Fix, problem, warn } from './finding.ts'
import { writing } from './words.ts'

/** Each profile is who its keys of Identity Center say, for every tool: other lines and files decide as well. */
export const identities: Check = {
  name: 'identities',
  title: 'Who the profiles are',
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
      `profile ${profile} asks ${other.url} instead of AWS who it is (${other.key}, ${other.at.file}:${other.at.line})`,
      { text: 'if AWS itself is meant, delete that address; a stand-in for AWS needs no login' },
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
  return `${takenWords(`profile ${profile}`, is, which)}${where}${is.provider === 'nobody' ? '' : ', though it names a login'}`
}

const asRead =
  'write it as every AWS tool reads it: [profile NAME] and [sso-session NAME] with one space, and keys in lower case before ='

/** True where a tool sees less of a login than the AWS CLI does. */
function isHalfSeen(identity: Identity): boolean {
  return identity.provider === 'nobody' && identity.because === 'login'
}

function fixOf(is: Identity, isDesired: boolean, evidence: Evidence): Fix {
  const inConfig = decidedAt(is)?.file === evidence.local?.config.path
  if (isHalfSeen(is)) return { text: 'take that line out of the file' }
  if (isDesired && inConfig) return { text: 'let apply take those lines out', commands: [writing(evidence)] }
  return { text: 'take that line out of the file, or take the keys of the login out of the profile' }
}
