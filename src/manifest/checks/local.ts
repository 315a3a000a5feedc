import type { Json } from '../../model/json.ts'
import { asWarning, atKey, atValue, didYouMean, type Finding, quote } from '../finding.ts'
import { at, keys, textAt } from '../view.ts'
import type { Check } from './check.ts'

/** Profiles need a session to sign in through, and the shell should name a profile that will exist. */
export const checkLocal: Check = (manifest) => [...session(manifest), ...shell(manifest)]

function session(manifest: Json): readonly Finding[] {
  const local = at(manifest, 'local')
  const desired = keys(at(local, 'profiles')).length > 0 || at(local, 'generate') !== undefined
  if (!desired || at(local, 'sso_session') !== undefined) return []
  return [atKey(['local'], 'key-missing', 'local has profiles but no sso_session', 'add sso_session: personal')]
}

function shell(manifest: Json): readonly Finding[] {
  const name = textAt(manifest, 'local', 'shell', 'aws_profile')
  const profiles = at(manifest, 'local', 'profiles')
  const declared = keys(profiles)
  // Generated names depend on live accounts, and without a profiles section the profiles are somebody else's.
  const unknowable = profiles === undefined || at(manifest, 'local', 'generate') !== undefined
  if (name === undefined || unknowable || declared.includes(name)) return []
  const message = `aws_profile: ${quote(name)} is not declared under profiles`
  const hint = didYouMean(name, declared, 'declare it, or make sure that the profile exists')
  return [asWarning(atValue(['local', 'shell', 'aws_profile'], 'profile-undeclared', message, hint))]
}
