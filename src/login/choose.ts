import type { LoadedManifest } from '../manifest/load.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { ofProfile } from '../text/quote.ts'

/** Where the profile of a login may be named. */
export interface ProfileSources {
  /** The word on the command line. */
  readonly named?: string
  /** AWS_PROFILE. */
  readonly fromEnvironment?: string
  /** Asked only when nothing else names one. Throws a Refusal when it cannot be read. */
  readonly manifest: () => Promise<LoadedManifest>
  /** A session will do where the manifest declares no profile, because they are all to be generated. */
  readonly orSession?: boolean
}

/**
 * The profile to log in with: the one named, else AWS_PROFILE, else what the manifest wants shells to use, else its only
 * profile, else its session where that will do. Throws a Refusal that lists the choices when several are left.
 */
export async function chooseProfile({
  named,
  fromEnvironment,
  manifest,
  orSession = false,
}: ProfileSources): Promise<string> {
  const given = named || fromEnvironment
  if (given) return given
  const { file, manifest: content } = await readFor(manifest)
  const { shell, profiles = {}, sso_session: session } = content.local ?? {}
  const [only, ...more] = Object.keys(profiles)
  if (shell?.aws_profile) return shell.aws_profile
  if (only !== undefined && more.length === 0) return only
  if (only === undefined && orSession && session) return session
  const found = only === undefined ? `${file} declares no profile` : `${file} declares several profiles`
  const hint =
    only === undefined
      ? 'name one from ~/.aws/config: sso-reconcile login PROFILE'
      : `name one: sso-reconcile login ${[only, ...more].slice(0, 10).map(ofProfile).join(' | ')}; or write local.shell.aws_profile`
  throw new Refusal(error('profile-not-named', `no profile was named, and ${found}`, { hint }))
}

async function readFor(manifest: ProfileSources['manifest']): Promise<LoadedManifest> {
  try {
    return await manifest()
  } catch (thrown) {
    const missing = thrown instanceof Refusal && thrown.diagnostics.some(({ code }) => code === 'file-missing')
    if (!missing) throw thrown
    throw new Refusal(
      error('profile-not-named', 'no profile was named: AWS_PROFILE is not set, and there is no manifest to look in', {
        hint: 'run sso-reconcile init to write a manifest, or name a profile from ~/.aws/config: sso-reconcile login PROFILE',
      }),
      { cause: thrown },
    )
  }
}
