import { readSections } from '../../kinds/shared/aws-config.ts'
import { awsConfigPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import { readToken } from '../../local/identity/token-cache.ts'
import { isElsewhere, isUsable } from '../../login/need.ts'
import type { SsoSession } from '../../login/sso-profile.ts'
import { nameOf } from '../../model/address.ts'
import { type Diagnostic, error, Refusal } from '../../model/diagnostic.ts'
import { type PortalAddress, portalAddress } from '../../model/portal-address.ts'
import { type InitPortalResult, initPortalText } from '../../report/init-portal-text.ts'
import { placeOf } from '../../session/connection.ts'
import { reachFlags } from '../../session/flags.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import { asWarnings } from '../findings.ts'
import {
  checkRegion,
  noPortalRegion,
  portalManifest,
  portalRegion,
  type RegionClues,
  type Sessions,
  sessionName,
} from '../portal-manifest.ts'
import { canAsk } from './ask.ts'
import type { InitCommandOptions } from './options.ts'
import { tell } from './report.ts'
import { write } from './write.ts'

/** Writes a manifest for somebody who has an access portal, and no rights to see anything else. Asks AWS nothing. */
export async function initPortal(
  runtime: Runtime,
  options: InitCommandOptions & { readonly portal: string },
  sources: Map<string, string>,
): Promise<number> {
  mustStandAlone(options)
  const address = portalAddress(options.portal)
  const snapshot = await readTextFile(options.file)
  if ((snapshot.text ?? '').trim() !== '' && !options.force) throw new Refusal(exists(options.file))
  const { env, home } = placeOf(runtime, options)
  const { sessions, problems } = await sessionsHere(env, home)
  const region = await regionOf(address, { flag: options.region, sessions, env: runtime.env }, runtime, options)
  const session = sessionName(address, sessions)
  const text = portalManifest(address.startUrl, region, session)
  await readManifest(runtime, options, sources, text)
  const isLoggedIn = await hasLogin(runtime, home, { key: session, legacy: false, startUrl: address.startUrl, region })
  const written = options.dryRun
    ? { written: false, diagnostics: [] }
    : await write(snapshot, text, runtime, options.force)
  const flags = reachFlags(options)
  const isWritten = sessions.has(session)
  const done: InitPortalResult = {
    file: options.file,
    startUrl: address.startUrl,
    region,
    session,
    flags,
    isLoggedIn,
    isWritten,
  }
  const outcome = { ...written, text, diagnostics: [...problems, ...written.diagnostics] }
  await runtime.busy(() => tell(runtime, options, outcome, sources, () => initPortalText({ ...done, ...written })))
  return 0
}

function mustStandAlone({ scan, instance, onlyLocal }: InitCommandOptions): void {
  const others = [...(scan ? ['--scan'] : []), ...(instance ? ['--instance'] : []), ...(onlyLocal ? ['--only'] : [])]
  if (others.length === 0) return
  throw new Refusal(
    error('usage', `--portal reads nothing from AWS, so it cannot be combined with ${others.join(' and ')}`, {
      hint: 'omit one of them',
    }),
  )
}

function exists(file: string): Diagnostic {
  return error('init-exists', `${file} already exists; nothing was changed`, {
    hint: 'name another file with -f, or add --force (a backup of the file is kept beside it); or add generate: { from: portal } under local by hand',
  })
}

/** Sessions of `~/.aws/config`; none, and why, where it cannot be read. */
async function sessionsHere(
  env: Runtime['env'],
  home: string,
): Promise<{ readonly sessions: Sessions; readonly problems: readonly Diagnostic[] }> {
  try {
    const { path, text = '' } = await readTextFile(awsConfigPath(env, home))
    const found = [...readSections('sso-session', text, path)].map(([at, { spec }]) => [nameOf(at), spec] as const)
    return { sessions: new Map(found), problems: [] }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { sessions: new Map(), problems: asWarnings(thrown) }
  }
}

async function regionOf(
  address: PortalAddress,
  clues: RegionClues,
  runtime: Runtime,
  options: InitCommandOptions,
): Promise<string> {
  const known = portalRegion(address, clues)
  const asked =
    known === undefined && canAsk(runtime, options)
      ? await runtime.terminal.ask('Which Region is Identity Center in?')
      : undefined
  const { region, from } = known ?? { region: asked?.trim() ?? '', from: 'your answer' }
  if (region === '') throw new Refusal(noPortalRegion)
  checkRegion(address, region, from)
  return region
}

async function hasLogin({ clock }: Runtime, home: string, session: SsoSession): Promise<boolean> {
  const token = await readToken(home, session.key)
  return isUsable(token, clock.now()) && !isElsewhere(session, token)
}
