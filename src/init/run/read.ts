import { type Look, looking } from '../../aws/look.ts'
import type { Reader } from '../../aws/port.ts'
import type { Found } from '../../kinds/adoption.ts'
import { orphansUnread } from '../../kinds/shared/orphans.ts'
import { profileNamed, sessionNamed } from '../../kinds/shared/portal-session.ts'
import { plainRegion } from '../../kinds/shared/sign-in-hints.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Diagnostic, Refusal, refusedWith } from '../../model/diagnostic.ts'
import { anyRegion, type Connection } from '../../session/connection.ts'
import { whileReading } from '../../session/reading.ts'
import { remarking } from '../../session/remarking.ts'
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
import { type Here, readHere } from './here.ts'
import type { InitCommandOptions } from './options.ts'

/** What was found, and whether it is the whole instance or only what this machine can tell. */
export interface Reading {
  readonly found: Found
  readonly whole: boolean
  /** True where nothing told the Region. */
  readonly guessed?: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads everything there is to write a manifest from. `old` is a manifest that will be replaced. */
export async function readEverything(
  runtime: Runtime,
  reach: Connection,
  options: InitCommandOptions,
  old: Manifest | undefined,
): Promise<Reading> {
  const here = await readHere(reach, runtime)
  const known = await regionFor(reach, options, here, old)
  if (known === undefined && options.onlyLocal) throw noRegion()
  const asked = known ?? placeholder
  const { region, look } = options.onlyLocal ? { region: asked } : await atHome(reach, asked)
  const instance = options.instance ?? old?.identity_center.instance
  const named = { ...(old?.name ? { name: old.name } : {}), ...(instance ? { instance } : {}) }
  const { machine } = here
  const basics = { file: options.file, region, now: runtime.clock.now(), ...named, ...(machine ? { machine } : {}) }
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
      reach.route,
      `reading everything in Identity Center in ${region} …`,
      () =>
        lookAtEverything(look.reader, basics, reach.route.clock, options.thorough, {
          settled,
          ...remarking({ runtime, options }),
        }),
    )
    const found = { ...basics, facts, live: { ...live, ...here.sections } }
    return { found, whole: true, diagnostics: [...moved, ...orphansUnread(live), ...here.problems] }
  } catch (thrown) {
    const profile = Boolean(options.profile || (!reach.route.sandbox && reach.env.AWS_PROFILE))
    if (!(thrown instanceof Refusal) || !beginsHere(thrown, profile)) throw thrown
    // Who has credentials can be asked for the region; a newcomer without anything still gets a file to start from.
    if (known === undefined && !refusedWith(thrown, 'aws-credentials')) throw noRegion()
    const guessed = known === undefined ? [placeholderRegion(options.file)] : []
    // Nothing was read in that Region, so that a session knows better than the environment.
    const told = await regionFor(reach, { ...options, onlyLocal: true }, here, old)
    const start = { ...basics, region: told ?? region }
    const found = foundHere(start, here.sections, await managementOf(look.reader))
    const diagnostics = [...asWarnings(thrown), ...guessed, ...here.problems]
    return { found, whole: false, guessed: known === undefined, diagnostics }
  }
}

/** A look at the home of what a region shows; at the region itself where nothing can be asked, which the look then tells. */
async function atHome(reach: Connection, region: string): Promise<{ readonly region: string; readonly look: Look }> {
  const lookIn = await lookingIn(reach)
  const look = lookIn(region)
  const home = await homeRegion(look.reader, region).catch(() => region)
  return home === region ? { region, look } : { region: home, look: lookIn(home) }
}

async function regionFor(
  reach: Connection,
  { region: flag, scan, onlyLocal, profile }: InitCommandOptions,
  { sections, machine }: Here,
  old: Manifest | undefined,
): Promise<string | undefined> {
  const used = profile ?? reach.env.AWS_PROFILE ?? 'default'
  const spec = profileNamed(sections, used)
  const own = spec?.sso_session ? sessionNamed(sections, spec.sso_session)?.sso_region : undefined
  const session = plainRegion(own) ?? plainRegion(spec?.sso_region) ?? machine?.hints[0]?.region
  const manifest = old?.identity_center.region
  const sources = { flag, manifest, session, env: reach.env, profile: plainRegion(spec?.region) }
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
  return 'waiting for earlier Identity Center requests to finish'
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
