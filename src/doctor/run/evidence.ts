import { examine } from '../../aws/examine.ts'
import { looking } from '../../aws/look.ts'
import type { Route } from '../../aws/route.ts'
import { scanRegions } from '../../aws/scan.ts'
import { kinds } from '../../kinds/index.ts'
import { concernsCloud } from '../../kinds/sections.ts'
import { keyOf, laptopGaps } from '../../manifest/edit/gaps.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import type { KindName } from '../../model/specs.ts'
import { regionOf, withConnection } from '../../session/connection.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import type { Evidence } from '../evidence.ts'
import { accessEvidence } from './access.ts'
import { localEvidence } from './local.ts'
import type { DoctorOptions } from './options.ts'

/** What is to be looked at. */
interface GatherOptions extends DoctorOptions {
  readonly selected: ReadonlySet<KindName>
}

/** Gathers everything the checks look at. What cannot be read is part of the evidence, a bad manifest too. */
export async function gather(
  runtime: Runtime,
  options: GatherOptions,
  sources: Map<string, string>,
): Promise<Evidence> {
  const { manifest, refused } = await tryManifest(runtime, options, sources)
  return withConnection(runtime, options, manifest?.manifest, async (reach) => {
    const region = manifest?.manifest.identity_center.region ?? regionOf(reach.env)
    const [asksCloud, looksHere] = sides(options, manifest?.manifest)
    const endpoint = reach.route.sandbox?.url
    const place = {
      ...reach,
      runtime,
      clock: reach.route.clock,
      options,
      selected: options.selected,
      ...(manifest ? { manifest } : {}),
      ...(endpoint ? { endpoint } : {}),
    }
    const [cloud, access, local] = await Promise.all([
      asksCloud ? cloudEvidence(reach.route, region, options.scan) : {},
      asksCloud && manifest ? accessEvidence(patient(reach.route), manifest) : undefined,
      looksHere ? localEvidence(place) : undefined,
    ])
    return {
      now: reach.route.clock.now(),
      time: reach.route.clock.told(),
      file: options.file,
      refused,
      ...(options.sandbox === undefined ? {} : { rehearsed: true as const }),
      ...(manifest ? { manifest } : {}),
      ...(manifest && looksHere && !options.sandbox ? { incomplete: laptopGaps(manifest).map(keyOf) } : {}),
      ...cloud,
      ...(access ? { access } : {}),
      ...(local ? { local } : {}),
    }
  })
}

async function tryManifest(runtime: Runtime, options: DoctorOptions, sources: Map<string, string>) {
  const none: readonly Diagnostic[] = []
  try {
    return { manifest: (await readManifest(runtime, options, sources)).manifest, refused: none }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refused: thrown.diagnostics }
    throw thrown
  }
}

/** Whether AWS and this machine are looked at. A manifest for a laptop needs no credentials, so it is not blamed for having none. */
function sides(
  { only, scan, selected }: GatherOptions,
  manifest: Manifest | undefined,
): readonly [cloud: boolean, local: boolean] {
  const chosen = (side: 'cloud' | 'local') => [...selected].some((name) => kinds[name].side === side)
  const managed = !manifest?.local || concernsCloud(manifest)
  return [chosen('cloud') && Boolean(managed || scan || only), chosen('local')]
}

// A person waits for this, and what fails thrice is worth telling.
function patient(route: Route): Route {
  return { ...route, retry: { attempts: '3', ...route.retry } }
}

async function cloudEvidence(route: Route, region: string | undefined, scan: boolean) {
  const look = await looking()
  const cloud = await examine(look(patient(route)).reader, region)
  // Without credentials every region would refuse in the same words.
  if (!scan || 'refusal' in cloud.caller) return { cloud }
  return { cloud, scan: await scanRegions((one) => look({ ...route, region: one }).reader, route.region) }
}
