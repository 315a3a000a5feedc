import { environmentKeys, storedKeys, storedSections } from '../../local/identity/shadowing.ts'
import { nameOf } from '../../model/address.ts'
import type { Notes } from '../notes.ts'
import { sourceProblems } from './chained.ts'
import { conflictingProfiles } from './conflicting.ts'
import { generation } from './generate.ts'

/** What would win over the desired profiles, or keeps others from working, on this machine. */
export const notes: Notes = ({ manifest, facts, desired, live, env, file, beside: [credentials] }) => {
  const config = file('aws-config')
  if (!config || !credentials) return []
  const profiles = new Set([...desired.profile.keys()].map(nameOf))
  const exported = manifest.manifest.local?.shell?.aws_profile
  const relied = exported === undefined ? undefined : `AWS_PROFILE=${exported}`
  return [
    ...environmentKeys(env, relied ?? (profiles.has('default') ? 'profile default' : undefined)),
    ...storedKeys(
      [
        { file: config.path, text: config.text ?? '', form: 'config' },
        { file: credentials.path, text: credentials.text ?? '', form: 'credentials' },
      ],
      profiles,
    ),
    ...conflictingProfiles(desired, live, config.path),
    ...sourceProblems(manifest, {
      desired: desired.profile,
      live: live.profile,
      stored: credentials.unreadable ? undefined : storedSections(credentials.text ?? ''),
      complete: generation(manifest, facts).complete,
    }),
  ]
}
