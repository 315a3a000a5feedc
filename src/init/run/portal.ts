import { join, resolve } from 'node:path'
import { readSections } from '../../kinds/shared/aws-config.ts'
import { awsConfigPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import { readToken } from '../../local/identity/token-cache.ts'
import { nameOf } from '../../model/address.ts'
import { type Diagnostic, error, Refusal } from '../../model/diagnostic.ts'
import { plainUrl } from '../../model/portal.ts'
import { initPortalText } from '../../report/init-portal-text.ts'
import { diagnosticJson } from '../../report/plan/json.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import { reachFlags } from '../../session/flags.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import { asWarnings } from '../findings.ts'
import { type PortalAddress, portalAddress } from '../portal-address.ts'
import {
  checkRegion,
  noPortalRegion,
  portalManifest,
  portalRegion,
  type RegionClues,
  type Sessions,
  sessionName,
} from '../portal-manifest.ts'
import type { InitCommandOptions } from './options.ts'
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
  const region = await regionOf(address, { flag: options.region, sessions, env: runtime.env }, runtime)
  const session = sessionName(address, sessions)
  const text = portalManifest(address.startUrl, region, session)
  await readManifest(runtime, options.file, sources, text)
  const isLoggedIn = await hasLogin(runtime, home, session, address)
  const written = options.dryRun
    ? { written: false, diagnostics: [] }
    : await write(snapshot, text, runtime, options.force)
  const flags = reachFlags(options)
  const isWritten = sessions.has(session)
  const done = { file: options.file, startUrl: address.startUrl, region, session, flags, isLoggedIn, isWritten }
  tell(runtime, options, { ...done, ...written, text, diagnostics: [...problems, ...written.diagnostics] }, sources)
  return 0
}

interface Done {
  readonly file: string
  readonly startUrl: string
  readonly region: string
  readonly session: string
  readonly flags: string
  readonly isLoggedIn: boolean
  readonly isWritten: boolean
  readonly text: string
  readonly written: boolean
  readonly backup?: string
  readonly diagnostics: readonly Diagnostic[]
}

function tell(
  runtime: Runtime,
  { format, dryRun, quiet }: InitCommandOptions,
  done: Done,
  sources: ReadonlyMap<string, string>,
): void {
  const { file, written, backup, text, diagnostics } = done
  if (format === 'json') {
    const rest = { ...(backup ? { backup } : {}), ...(dryRun ? { text } : {}) }
    const document = { format_version: 1, file, written, ...rest, diagnostics: diagnostics.map(diagnosticJson) }
    runtime.out(`${JSON.stringify(document, null, 2)}\n`)
    return
  }
  reportDiagnostics(runtime, diagnostics, sources)
  if (dryRun) runtime.out(text)
  else if (!quiet) runtime.out(initPortalText(done))
}

function mustStandAlone({ scan, instance, onlyLocal }: InitCommandOptions): void {
  const others = [...(scan ? ['--scan'] : []), ...(instance ? ['--instance'] : []), ...(onlyLocal ? ['--only'] : [])]
  if (others.length === 0) return
  throw new Refusal(
    error('usage', `--portal asks AWS nothing, so ${others.join(' and ')} cannot stand beside it`, {
      hint: 'leave one of them out',
    }),
  )
}

function exists(file: string): Diagnostic {
  return error('init-exists', `${file} is there already; nothing was touched`, {
    hint: 'name another file with -f, or add --force (the file is kept beside the new one); or add generate: { from: portal } under local by hand',
  })
}

// A sandbox has a private home; nothing of it is needed but its config.
function placeOf({ env, home }: Runtime, { sandbox }: InitCommandOptions): Pick<Runtime, 'env' | 'home'> {
  return sandbox === undefined ? { env, home } : { env: {}, home: join(resolve(sandbox), 'home') }
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

async function regionOf(address: PortalAddress, clues: RegionClues, { terminal }: Runtime): Promise<string> {
  const known = portalRegion(address, clues)
  const asked =
    known === undefined && terminal.interactive ? await terminal.ask('Which Region is Identity Center in?') : undefined
  const { region, from } = known ?? { region: asked?.trim() ?? '', from: 'your answer' }
  if (region === '') throw new Refusal(noPortalRegion)
  checkRegion(address, region, from)
  return region
}

async function hasLogin(
  runtime: Runtime,
  home: string,
  session: string,
  { startUrl }: PortalAddress,
): Promise<boolean> {
  const token = await readToken(home, session)
  if (typeof token === 'string' || token.expiresAt === undefined) return false
  return token.expiresAt > runtime.clock.now() && plainUrl(token.startUrl ?? '') === plainUrl(startUrl)
}
