import type { AwsFile, EnvironmentEvidence, LocalEvidence, Login, ProfileProof } from '../doctor/evidence.ts'
import { awsCliVersion } from '../local/aws-cli.ts'
import { type ConfigDocument, parseConfig } from '../local/document.ts'
import { readTextFile } from '../local/file.ts'
import { awsConfigPath, credentialsPath } from '../local/paths.ts'
import { readAccessToken, readToken } from '../local/token-cache.ts'
import { type SsoProfile, type SsoSession, sessionNamed, ssoProfile, ssoProfileNames } from '../login/sso-profile.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { Refusal } from '../model/diagnostic.ts'
import type { Session, Shell } from './context.ts'

/** Where to look on this machine. */
export interface Place extends Pick<Session, 'home' | 'env'> {
  readonly shell: Shell
  readonly manifest?: LoadedManifest
  /** Base URL of the embedded Identity Center when it is used. */
  readonly endpoint?: string
}

/** Looks at this machine, and asks the access portal about every profile whose login works. */
export async function localEvidence(place: Place): Promise<LocalEvidence> {
  const [config, credentials, cli] = await Promise.all([
    readAwsFile(awsConfigPath(place.env, place.home)),
    readAwsFile(credentialsPath(place.env, place.home)),
    awsCliVersion(place.shell.env),
  ])
  const profiles = config.document ? profilesOf(config.document, place.manifest) : []
  const logins = await loginsOf(profiles, place, config.document)
  const proofs = await Promise.all(logins.map((login) => prove(login, profiles, place)))
  return { env: environmentOf(place.env), config, credentials, cli, logins, proofs: proofs.flat() }
}

async function readAwsFile(path: string): Promise<AwsFile> {
  try {
    const { text } = await readTextFile(path)
    return { path, refused: [], ...(text === undefined ? {} : { document: parseConfig(text, path) }) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { path, refused: thrown.diagnostics }
    throw thrown
  }
}

function environmentOf(env: Session['env']): EnvironmentEvidence {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE, AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN } = env
  return {
    ...(AWS_PROFILE ? { profile: AWS_PROFILE } : {}),
    ...(AWS_DEFAULT_PROFILE ? { defaultProfile: AWS_DEFAULT_PROFILE } : {}),
    keys: Boolean(AWS_ACCESS_KEY_ID),
    temporary: Boolean(AWS_SESSION_TOKEN),
  }
}

/** Profiles to look at: those of the manifest's own session, or all when it names none. */
function profilesOf(document: ConfigDocument, manifest: LoadedManifest | undefined): readonly SsoProfile[] {
  const { sso_session, profiles = {} } = manifest?.manifest.local ?? {}
  const found = ssoProfileNames(document).map((name) => ssoProfile(document, name))
  return found
    .flatMap((one) => ('profile' in one ? [one.profile] : []))
    .filter(({ name, session }) => !sso_session || session.key === sso_session || name in profiles)
}

async function loginsOf(
  profiles: readonly SsoProfile[],
  { home, manifest }: Place,
  document: ConfigDocument | undefined,
): Promise<readonly Login[]> {
  const own = manifest?.manifest.local?.sso_session
  const declared =
    own && document?.index.get(`sso-session/${own}`)?.length === 1 ? sessionNamed(document, own) : undefined
  const sessions = new Map<string, SsoSession>()
  for (const session of [...(declared ? [declared] : []), ...profiles.map((one) => one.session)])
    sessions.set(session.key, session)
  return Promise.all(
    [...sessions.values()].map(async (session) => ({
      session,
      profiles: profiles.filter((one) => one.session.key === session.key).map(({ name }) => name),
      token: await readToken(home, session.key),
    })),
  )
}

async function prove(
  { session, token }: Login,
  profiles: readonly SsoProfile[],
  { home, shell, endpoint }: Place,
): Promise<readonly ProfileProof[]> {
  if (typeof token === 'string' || !token.expiresAt || token.expiresAt <= shell.clock.now()) return []
  const accessToken = await readAccessToken(home, session.key)
  const rows = profiles.flatMap(({ name, account, role, session: own }) =>
    own.key === session.key && account && role ? [{ profile: name, account, role }] : [],
  )
  const region = session.region ?? token.region
  if (!accessToken || !region || rows.length === 0) return []
  const { provePlaces } = await import('../aws/portal.ts')
  const proofs = await provePlaces({ region, accessToken, ...(endpoint ? { endpoint } : {}) }, rows)
  return rows.flatMap((row, index) => {
    const proof = proofs[index]
    return proof ? [{ ...row, proof }] : []
  })
}
