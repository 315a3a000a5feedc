import { type Look, looking } from '../../aws/look.ts'
import type { Reader } from '../../aws/port.ts'
import type { Found } from '../../kinds/adoption.ts'
import { readSections } from '../../kinds/shared/aws-config.ts'
import { portal, profileNamed, sessionNamed } from '../../kinds/shared/portal-session.ts'
import { awsConfigPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import type { Manifest } from '../../manifest/types.ts'
import { asWarning, type Diagnostic, Refusal, refusedWith } from '../../model/diagnostic.ts'
import type { Entry, State } from '../../model/state.ts'
import { anyRegion, type Connection } from '../../session/connection.ts'
import { whileReading } from '../../session/reading.ts'
import type { Runtime } from '../../session/runtime.ts'
import { settledReader } from '../../session/settled.ts'
import { asWarnings, beginsHere, foundHere } from '../findings.ts'
import { lookAtEverything, type Settled } from '../look.ts'
import {
  chooseRegion,
  homeRegion,
  movedHome,
  noRegion,
  placeholder,
  placeholderRegion,
  scanRegions,
} from '../region.ts'
import type { InitCommandOptions } from './options.ts'

/** What was found, and whether it is the whole instance or only what this machine can tell. */
export interface Reading {
  readonly found: Found
  readonly whole: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads everything there is to write a manifest from. `old` is a manifest that will be replaced. */
export async function readEverything(
  runtime: Runtime,
  reach: Connection,
  options: InitCommandOptions,
  old: Manifest | undefined,
): Promise<Reading> {
  const here = await readHere(reach)
  const known = await regionFor(reach, options, here.sections, old)
  if (known === undefined && options.onlyLocal) throw noRegion()
  const asked = known ?? placeholder
  const { region, look } = options.onlyLocal ? { region: asked } : await atHome(reach, asked)
  const instance = options.instance ?? old?.identity_center.instance
  const named = { ...(old?.name ? { name: old.name } : {}), ...(instance ? { instance } : {}) }
  const basics = { file: options.file, region, now: runtime.clock.now(), ...named }
  if (!look)
    return {
      found: foundHere(basics, here.sections, old?.accounts?.management),
      whole: false,
      diagnostics: here.problems,
    }
  const moved = region === asked ? [] : [movedHome(asked, region)]
  const settled: Settled = (_reader, instance) =>
    settledReader(look, instance, runtime, options.quiet ? undefined : waiting)
  try {
    const { facts, live } = await whileReading(
      runtime,
      options,
      `reading everything Identity Center holds in ${region} …`,
      () => lookAtEverything(look.reader, basics, basics.now, settled),
    )
    const found = { file: options.file, ...named, facts, live: { ...live, ...here.sections } }
    return { found, whole: true, diagnostics: [...moved, ...here.problems] }
  } catch (thrown) {
    const profile = Boolean(options.profile || (!reach.route.sandbox && reach.env.AWS_PROFILE))
    if (!(thrown instanceof Refusal) || !beginsHere(thrown, profile)) throw thrown
    // Who has credentials can be asked for the region; a newcomer without anything still gets a file to start from.
    if (known === undefined && !refusedWith(thrown, 'aws-credentials')) throw noRegion()
    const guessed = known === undefined ? [placeholderRegion(options.file)] : []
    const found = foundHere(basics, here.sections, await managementOf(look.reader))
    return { found, whole: false, diagnostics: [...asWarnings(thrown), ...guessed, ...here.problems] }
  }
}

/** A look at the home of what a region shows; at the region itself where nothing can be asked, which the look then tells. */
async function atHome(reach: Connection, region: string): Promise<{ readonly region: string; readonly look: Look }> {
  const lookIn = await lookingIn(reach)
  const look = lookIn(region)
  const home = await homeRegion(look.reader, region).catch(() => region)
  return home === region ? { region, look } : { region: home, look: lookIn(home) }
}

/** Sections of `~/.aws/config` and what is odd about them; none, and why, when AWS tools could not read the file either. */
export async function readHere({ env, home }: Pick<Connection, 'env' | 'home'>): Promise<{
  readonly sections: Partial<State>
  readonly problems: readonly Diagnostic[]
}> {
  try {
    const { path, text = '' } = await readTextFile(awsConfigPath(env, home))
    const sections = {
      'sso-session': readSections('sso-session', text, path),
      profile: readSections('profile', text, path),
    }
    const entries = Object.values(sections).flatMap((found): Entry[] => [...found.values()])
    return { sections, problems: entries.flatMap(({ odd }) => (odd ? [asWarning(odd)] : [])) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { sections: {}, problems: asWarnings(thrown) }
    throw thrown
  }
}

async function regionFor(
  reach: Connection,
  { region: flag, scan, onlyLocal, profile, file }: InitCommandOptions,
  here: Partial<State>,
  old: Manifest | undefined,
): Promise<string | undefined> {
  const used = profile ?? reach.env.AWS_PROFILE ?? 'default'
  const spec = profileNamed(here, used)
  const guess = portal(foundHere({ file, region: '', now: new Date(0) }, here, undefined)).session?.spec.sso_region
  const own = spec?.sso_session ? sessionNamed(here, spec.sso_session)?.sso_region : undefined
  const manifest = old?.identity_center.region
  const sources = { flag, manifest, session: own ?? spec?.sso_region ?? guess, env: reach.env, profile: spec }
  const chosen = chooseRegion(sources, onlyLocal)
  const looks = !onlyLocal && flag === undefined && (scan || (reach.route.sandbox && chosen === undefined))
  const seen = looks ? await scanned(reach, chosen ?? placeholder) : undefined
  return seen ?? chosen ?? (reach.route.sandbox ? anyRegion : undefined)
}

async function scanned(reach: Connection, near: string): Promise<string | undefined> {
  const lookIn = await lookingIn(reach)
  return scanRegions((region) => lookIn(region).reader, near)
}

async function lookingIn({ route }: Connection): Promise<(region: string) => Look> {
  const look = await looking()
  return (region) => look({ ...route, region })
}

function waiting(): string {
  return 'waiting for earlier requests of Identity Center to finish'
}

// Without an organization the account one is in is the one that will own it.
async function managementOf(reader: Reader): Promise<string | undefined> {
  const [organization, caller] = await Promise.allSettled([
    reader.get('DescribeOrganization', {}),
    reader.get('GetCallerIdentity', {}),
  ])
  const owner = organization.status === 'fulfilled' ? organization.value.Organization?.MasterAccountId : undefined
  return owner ?? (caller.status === 'fulfilled' ? caller.value.Account : undefined)
}
