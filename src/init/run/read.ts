import type { Reader } from '../../aws/port.ts'
import type { Found } from '../../kinds/adoption.ts'
import { readSections } from '../../kinds/shared/aws-config.ts'
import { portal, profileNamed, sessionNamed } from '../../kinds/shared/portal-session.ts'
import { awsConfigPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Diagnostic, Refusal, refusedWith } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import { whileReading } from '../../session/reading.ts'
import type { Runtime } from '../../session/runtime.ts'
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
import { type RegionalConnection, sandboxRegion } from './reach.ts'

/** What was found, and whether it is the whole instance or only what this machine can tell. */
export interface Reading {
  readonly found: Found
  readonly whole: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads everything there is to write a manifest from. `old` is a manifest that will be replaced. */
export async function readEverything(
  runtime: Runtime,
  reach: RegionalConnection,
  options: InitCommandOptions,
  old: Manifest | undefined,
): Promise<Reading> {
  const here = await readHere(reach)
  const known = await regionFor(reach, options, here.sections, old)
  if (known === undefined && options.onlyLocal) throw noRegion()
  const asked = known ?? placeholder
  const { region, reader } = options.onlyLocal ? { region: asked } : await atHome(reach, asked)
  const instance = options.instance ?? old?.identity_center.instance
  const named = { ...(old?.name ? { name: old.name } : {}), ...(instance ? { instance } : {}) }
  const basics = { file: options.file, region, now: runtime.clock.now(), ...named }
  if (!reader)
    return {
      found: foundHere(basics, here.sections, old?.accounts?.management),
      whole: false,
      diagnostics: here.problems,
    }
  const moved = region === asked ? [] : [movedHome(asked, region)]
  const look = () => lookAtEverything(reader, basics, basics.now, patience(runtime, reach, region, options))
  try {
    const { facts, live } = await whileReading(
      runtime,
      options,
      `reading everything Identity Center holds in ${region} …`,
      look,
    )
    const found = { file: options.file, ...named, facts, live: { ...live, ...here.sections } }
    return { found, whole: true, diagnostics: [...moved, ...here.problems] }
  } catch (thrown) {
    const profile = Boolean(options.profile || (!reach.sandboxed && reach.env.AWS_PROFILE))
    if (!(thrown instanceof Refusal) || !beginsHere(thrown, profile)) throw thrown
    // Who has credentials can be asked for the region; a newcomer without anything still gets a file to start from.
    if (known === undefined && !refusedWith(thrown, 'aws-credentials')) throw noRegion()
    const guessed = known === undefined ? [placeholderRegion(options.file)] : []
    const found = foundHere(basics, here.sections, await managementOf(reader))
    return { found, whole: false, diagnostics: [...asWarnings(thrown), ...guessed, ...here.problems] }
  }
}

/** A look at the home of what a region shows; at the region itself where nothing can be asked, which the look then tells. */
async function atHome(
  reach: RegionalConnection,
  region: string,
): Promise<{ readonly region: string; readonly reader: Reader }> {
  const readerIn = await readerOfRegion(reach)
  const reader = readerIn(region)
  const home = await homeRegion(reader, region).catch(() => region)
  return home === region ? { region, reader } : { region: home, reader: readerIn(home) }
}

/** Sections of `~/.aws/config`; none, and why, when AWS tools could not read the file either. */
export async function readHere({ env, home }: Pick<RegionalConnection, 'env' | 'home'>): Promise<{
  readonly sections: Partial<State>
  readonly problems: readonly Diagnostic[]
}> {
  try {
    const { path, text = '' } = await readTextFile(awsConfigPath(env, home))
    const sections = {
      'sso-session': readSections('sso-session', text, path),
      profile: readSections('profile', text, path),
    }
    return { sections, problems: [] }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { sections: {}, problems: asWarnings(thrown) }
    throw thrown
  }
}

async function regionFor(
  reach: RegionalConnection,
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
  const looks = !onlyLocal && flag === undefined && (scan || (reach.sandboxed && chosen === undefined))
  const seen = looks ? await scanRegions(await readerOfRegion(reach), chosen ?? placeholder) : undefined
  return seen ?? chosen ?? (reach.sandboxed ? sandboxRegion : undefined)
}

/** A look at a region. */
export function readerFor(reach: RegionalConnection) {
  return async (region: string) => (await readerOfRegion(reach))(region)
}

async function readerOfRegion(reach: RegionalConnection) {
  const [{ connect }, { openReader }] = await Promise.all([
    import('../../aws/connect.ts'),
    import('../../aws/reader.ts'),
  ])
  return (region: string) => openReader(connect(reach.route(region)))
}

function patience(
  runtime: Runtime,
  reach: RegionalConnection,
  region: string,
  { quiet: silent }: InitCommandOptions,
): Settled {
  return async (reader, instance) => {
    const [{ connect }, { settledLook }] = await Promise.all([
      import('../../aws/connect.ts'),
      import('../../aws/in-flight.ts'),
    ])
    let told = silent
    const tell = () => {
      if (!told) runtime.err('waiting for earlier requests of Identity Center to finish\n')
      told = true
    }
    return settledLook(reader, () => connect(reach.route(region)), instance, runtime.clock, tell)
  }
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
