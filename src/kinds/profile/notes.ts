import { type Identity, tools } from '../../local/identity/identity.ts'
import { whoOn } from '../../local/identity/who.ts'
import { identityWords, toolWords } from '../../local/identity/words.ts'
import { address } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { Notes, NotesContext } from '../notes.ts'
import { conflictingProfiles } from './conflicting.ts'

/** What of this machine would win over the desired profiles, or keeps others from working. */
export const notes: Notes = (context) => {
  const config = context.file('aws-config')
  if (!config) return []
  return [...environment(context), ...conflictingProfiles(context.desired, context.live, config.path)]
}

/** Variables that win over the profile which new shells are to use, in the environment of this very run. */
function environment({ manifest, desired, env, file, beside: [credentials] }: NotesContext): readonly Diagnostic[] {
  const exported = manifest.manifest.local?.shell?.aws_profile
  const name = exported ?? (desired.profile.has(address('profile', 'default')) ? 'default' : undefined)
  const config = file('aws-config')
  if (name === undefined || !config || !credentials) return []
  const files = {
    config: { file: config.path, text: config.text },
    credentials: { file: credentials.path, text: credentials.text },
  }
  const own = exported === undefined ? {} : { AWS_PROFILE: exported }
  const [alone, here] = [whoOn({ ...files, env: own }), whoOn({ ...files, env: { ...env, ...own } })]
  const winners = tools.flatMap((tool) => {
    const is = here(tool)
    return winsOutside(is) && identityWords(is) !== identityWords(alone(tool)) ? [{ tool, is }] : []
  })
  const [first] = winners
  if (!first) return []
  const relied = exported === undefined ? 'profile default' : `AWS_PROFILE=${exported}`
  const variables = first.is.provider === 'web-identity' ? token : keys
  return [
    warning(
      'keys-shadow-environment',
      `${variables[0]} is set in the environment; without --profile ${toolWords(winners.map(({ tool }) => tool))} use it instead of ${relied}`,
      { hint: `take it out of the environment once the login works: unset ${variables.join(' ')}` },
    ),
  ]
}

const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const
const token = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'] as const

function winsOutside(is: Identity): boolean {
  if (is.provider === 'keys') return is.from === 'environment'
  return (is.provider === 'web-identity' || is.provider === 'nobody') && is.at === undefined
}
