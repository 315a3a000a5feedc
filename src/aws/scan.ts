import type { Diagnostic } from '../model/diagnostic.ts'
import { regionsBeside } from '../model/regions.ts'
import { turnstile } from '../model/turnstile.ts'
import { answered, type InstanceRow, instanceRow } from './examine.ts'
import type { Reader } from './port.ts'

/** What a scan found: instances by the region they are visible in, and regions that could not be asked. */
export interface Scan {
  readonly found: readonly { readonly region: string; readonly instances: readonly InstanceRow[] }[]
  readonly failed: readonly { readonly region: string; readonly refusal: Diagnostic }[]
}

/** Regions that are asked at a time. */
const atOnce = 5

/** Looks for instances of Identity Center in every default region of the partition that `near` is in: one question a region. */
export async function scanRegions(readerOf: (region: string) => Reader, near: string): Promise<Scan> {
  const turn = turnstile(atOnce)
  const rows = async (region: string) => (await readerOf(region).list('ListInstances', {})).map(instanceRow)
  const answers = await Promise.all(
    regionsBeside(near).map(async (region) => ({ region, answer: await turn(() => answered(() => rows(region))) })),
  )
  return {
    found: answers.flatMap(({ region, answer }) =>
      'value' in answer && answer.value.length > 0 ? [{ region, instances: answer.value }] : [],
    ),
    failed: answers.flatMap(({ region, answer }) => ('refusal' in answer ? [{ region, refusal: answer.refusal }] : [])),
  }
}

/** Home regions of what a scan found, each once: an instance is visible in its additional Regions too, and names its home there. */
export function homesIn({ found }: Scan): readonly string[] {
  return [...new Set(found.flatMap(({ region, instances }) => instances.map((one) => one.primaryRegion ?? region)))]
}
