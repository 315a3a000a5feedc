import type { AwsClock } from '../../aws/clock.ts'
import { type ConfigDocument, parseConfig } from '../../local/aws-config/document.ts'
import { awsConfigPath, credentialsPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import { isIamKey, isTemporaryKey } from '../../local/identity/access-key.ts'
import { awsCliVersion } from '../../local/identity/aws-cli.ts'
import { endpointsOn } from '../../local/identity/endpoint.ts'
import { readAccessToken, readToken } from '../../local/identity/token-cache.ts'
import { whoOn } from '../../local/identity/who.ts'
import { isElsewhere, isUsable } from '../../login/need.ts'
import { type SsoProfile, type SsoSession, sessionNamed, ssoProfile, ssoProfileNames } from '../../login/sso-profile.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { Refusal } from '../../model/diagnostic.ts'
import type { KindName } from '../../model/specs.ts'
import type { CommonOptions, Runtime, Session } from '../../session/runtime.ts'
import type { AwsFile, EnvironmentEvidence, LocalEvidence, Login, ProfileIdentity, ProfileProof } from '../evidence.ts'
import { shellEvidence } from './shells.ts'

/** Where to look on this machine. */
interface LocalContext extends Pick<Session, 'home' | 'env'> {
  readonly runtime: Runtime
  readonly clock: AwsClock
  readonly manifest?: LoadedManifest
  /** Base URL of the embedded Identity Center when it is used. */
  readonly endpoint?: string
  readonly options: Pick<CommonOptions, 'sandbox'>
  readonly selected: ReadonlySet<KindName>
}

/** Looks at this machine, and asks the access portal about every profile whose login works. */
export async function localEvidence(context: LocalContext): Promise<LocalEvidence> {
  const [config, credentials, cli, shells] = await Promise.all([
    readAwsFile(context, () => awsConfigPath(context.env, context.home), context.env.AWS_CONFIG_FILE),
    readAwsFile(context, () => credentialsPath(context.env, context.home), context.env.AWS_SHARED_CREDENTIALS_FILE),
    awsCliVersion(context.runtime.env),
    context.manifest ? shellEvidence({ ...context, manifest: context.manifest }) : undefined,
  ])
  const { busy } = context.runtime
  const identities = await busy(() => identitiesOf(config, credentials, context.manifest))
  const profiles = await busy(() => (config.document ? profilesOf(config.document, context.manifest) : []))
  const logins = await loginsOf(profiles, context, config.document)
  const proofs = await Promise.all(logins.map((login) => prove(login, profiles, context)))
  return {
    env: environmentOf(context.env),
    config: withoutText(config),
    credentials: withoutText(credentials),
    cli,
    identities,
    logins,
    ...(shells ? { shells } : {}),
    proofs: proofs.flat(),
  }
}

/** A file with its text, which is no evidence: it can hold keys. */
type TextFile = AwsFile & { readonly text?: string }

/** Reads one of the two; `named` is what the environment says, which may be no path that anybody can follow. */
async function readAwsFile({ runtime }: LocalContext, place: () => string, named = ''): Promise<TextFile> {
  let path = named
  let text: string | undefined
  try {
    path = place()
    text = (await readTextFile(path)).text
    if (text === undefined) return { path, refused: [] }
    const found = text
    return { path, refused: [], text, document: await runtime.busy(() => parseConfig(found, path), found.length) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { path, refused: thrown.diagnostics, ...(text === undefined ? {} : { text }) }
    throw thrown
  }
}

/** Who the profiles are that the manifest declares and are there, and all that name a login. */
function identitiesOf(
  config: TextFile,
  credentials: TextFile,
  manifest: LoadedManifest | undefined,
): readonly ProfileIdentity[] {
  const { document } = config
  // What could not be read decides all the same, and other checks tell that it could not.
  if (!document || (credentials.refused.length > 0 && credentials.text === undefined)) return []
  const declared = Object.keys(manifest?.manifest.local?.profiles ?? {})
  const there = declared.filter((name) => document.index.has(`profile/${name}`))
  const sources = { config, credentials }
  const [who, endpointOf] = [whoOn(sources), endpointsOn(sources)]
  return [...new Set([...there, ...ssoProfileNames(document)])].map((profile) => {
    const elsewhere = endpointOf(profile)
    return {
      profile,
      is: { 'aws-cli': who('aws-cli', { profile }), 'js-sdk': who('js-sdk', { profile }) },
      ...(elsewhere ? { elsewhere } : {}),
    }
  })
}

function withoutText({ text: _text, ...file }: TextFile): AwsFile {
  return file
}

function environmentOf(env: Session['env']): EnvironmentEvidence {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE, AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN } = env
  return {
    ...(AWS_PROFILE ? { profile: AWS_PROFILE } : {}),
    ...(AWS_DEFAULT_PROFILE ? { defaultProfile: AWS_DEFAULT_PROFILE } : {}),
    ...(env.AWS_CONFIG_FILE === '' ? { emptyConfigFile: true } : {}),
    keys: Boolean(AWS_ACCESS_KEY_ID),
    temporary: Boolean(AWS_SESSION_TOKEN) || isTemporaryKey(AWS_ACCESS_KEY_ID ?? ''),
    foreign: Boolean(AWS_ACCESS_KEY_ID) && !isIamKey(AWS_ACCESS_KEY_ID ?? ''),
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
  { home, manifest }: LocalContext,
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
  { home, runtime, endpoint, clock }: LocalContext,
): Promise<readonly ProfileProof[]> {
  // What another portal says of its own login proves nothing.
  const times = [runtime.clock.now(), clock.now()]
  if (!times.some((now) => isUsable(token, now)) || isElsewhere(session, token)) return []
  const accessToken = await readAccessToken(home, session.key)
  const rows = profiles.flatMap(({ name, account, role, session: own }) =>
    own.key === session.key && account && role ? [{ profile: name, account, role }] : [],
  )
  const region = session.region ?? (typeof token === 'object' ? token.region : undefined)
  if (!accessToken || !region || rows.length === 0) return []
  const { provePlaces } = await import('../../aws/portal.ts')
  const proofs = await provePlaces({ region, accessToken, clock, ...(endpoint ? { endpoint } : {}) }, rows)
  return rows.flatMap((row, index) => {
    const proof = proofs[index]
    return proof ? [{ ...row, proof }] : []
  })
}
