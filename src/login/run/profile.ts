import { type ConfigDocument, parseConfig } from '../../local/aws-config/document.ts'
import { awsConfigPath, credentialsPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import type { Sources } from '../../local/identity/settings.ts'
import { Refusal } from '../../model/diagnostic.ts'
import { sessionTroubles } from '../contradictions.ts'
import { somebodyElse, strangerIn } from '../run-as.ts'
import { type SsoProfile, sessionNamed, ssoProfile } from '../sso-profile.ts'
import type { LoginContext } from './context.ts'

/**
 * The profile as `~/.aws/config` has it; a session stands for itself where no profile has its name. Throws a Refusal when it cannot log in, with the line because of which it cannot, or is
 * somebody else whatever it says of a login.
 */
export async function profileAt(context: LoginContext, name: string): Promise<SsoProfile> {
  const files = await profileFiles(context)
  return context.runtime.busy(() => profileIn(files, name), files.config.text?.length)
}

function profileIn(files: Sources, name: string): SsoProfile {
  const document = parseConfig(files.config.text ?? '', files.config.path)
  const isSso = document.index.get(`profile/${name}`)?.some(({ options }) => options.has('sso_account_id'))
  const stranger = isSso ? strangerIn(name, files) : undefined
  if (stranger?.code === somebodyElse) throw new Refusal(stranger)
  const found = sessionAlone(document, name) ?? ssoProfile(document, name)
  if ('refusal' in found) throw new Refusal(found.refusal)
  const troubles = sessionTroubles(document, found.profile)
  if (troubles.length > 0) throw new Refusal(troubles)
  if (stranger) throw new Refusal(stranger)
  return found.profile
}

function sessionAlone(document: ConfigDocument, name: string): { readonly profile: SsoProfile } | undefined {
  const session = document.index.has(`profile/${name}`) ? undefined : sessionNamed(document, name)
  return session && { profile: { name, session, alone: true } }
}

/** The two files that say who a profile is, as they are. */
export async function profileFiles({ env, home }: LoginContext): Promise<Sources> {
  const paths = [awsConfigPath(env, home), credentialsPath(env, home)] as const
  const [config, credentials] = await Promise.all([readTextFile(paths[0]), readTextFile(paths[1])])
  return { config, credentials }
}
