import type { Json } from '../../model/json.ts'
import { asWarning, atKey, atValue, didYouMean, type Finding, quote } from '../finding.ts'
import { at, entries, keys, textAt } from '../view.ts'
import type { Check } from './check.ts'

/** Profiles need a session to sign in through, and the shell should name a profile that will exist. */
export const checkLocal: Check = (manifest) => [...session(manifest), ...generate(manifest), ...shell(manifest)]

function session(manifest: Json): readonly Finding[] {
  const local = at(manifest, 'local')
  const signsIn = entries(at(local, 'profiles')).some(([, profile]) => at(profile, 'source') === undefined)
  const desired = signsIn || at(local, 'generate') !== undefined
  if (!desired || at(local, 'sso_session') !== undefined) return []
  return [atKey(['local'], 'key-missing', 'local has profiles but no sso_session', 'add sso_session: personal')]
}

/** Whose profiles are generated: those of a user of the file, or those of one's own login. */
function generate(manifest: Json): readonly Finding[] {
  const found = at(manifest, 'local', 'generate')
  const [user, from] = [at(found, 'user'), at(found, 'from')]
  if (keys(found).length === 0) return []
  if (user !== undefined && from !== undefined) {
    const message = 'generate has both user and from; expected one of them'
    return [atKey(['local', 'generate', 'from'], 'keys-exclusive', message, whose)]
  }
  if (from !== undefined) return portal(manifest)
  if (user !== undefined) return []
  return [atKey(['local', 'generate'], 'key-missing', 'generate has neither user nor from', whose)]
}

/** Keys that may stand in a manifest for which AWS is never asked. */
const offline = ['version', 'name', 'identity_center', 'accounts', 'local', 'absent', 'checklist', 'ignore']

/** Who has nothing but a portal has to say which: nobody else can tell. */
function portal(manifest: Json): readonly Finding[] {
  const asksNobody = keys(manifest).every((key) => offline.includes(key))
  if (!asksNobody || at(manifest, 'identity_center', 'start_url') !== undefined) return []
  const hint = 'add start_url: the address of your access portal, for example https://d-1234567890.awsapps.com/start'
  const message = 'identity_center has no start_url, which generate needs with from: portal'
  return [atKey(['identity_center'], 'key-missing', message, hint)]
}

const whose =
  'write user: NAME for the access of a user in this file, or from: portal for your own access in the access portal'

function shell(manifest: Json): readonly Finding[] {
  const name = textAt(manifest, 'local', 'shell', 'aws_profile')
  const profiles = at(manifest, 'local', 'profiles')
  const declared = keys(profiles)
  // Generated names depend on live accounts, and without a profiles section the profiles are somebody else's.
  const unknowable = profiles === undefined || at(manifest, 'local', 'generate') !== undefined
  if (name === undefined || unknowable || declared.includes(name)) return []
  const message = `aws_profile: ${quote(name)} is not declared under profiles`
  const hint = didYouMean(name, declared, 'declare it, or make sure the profile exists')
  return [asWarning(atValue(['local', 'shell', 'aws_profile'], 'profile-undeclared', message, hint))]
}
