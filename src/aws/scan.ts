import type { Diagnostic } from '../model/diagnostic.ts'
import { regionsBeside } from '../model/regions.ts'
import { connect } from './connect.ts'
import { type Answer, answered, type InstanceRow, instanceRow } from './examine.ts'
import { fresh } from './reader.ts'
import type { Route } from './route.ts'

/** What a scan found: instances by the region they are visible in, and regions that could not be asked. */
export interface Scan {
  readonly found: readonly { readonly region: string; readonly instances: readonly InstanceRow[] }[]
  readonly failed: readonly { readonly region: string; readonly refusal: Diagnostic }[]
}

/** Looks for instances of Identity Center in every default region of a partition: one request a region, a few at a time. */
export async function scanRegions(route: Route): Promise<Scan> {
  const regions = regionsBeside(route.region)
  const queue = [...regions]
  const answers: { region: string; answer: Answer<readonly InstanceRow[]> }[] = []
  const worker = async (): Promise<void> => {
    for (let region = queue.shift(); region !== undefined; region = queue.shift()) {
      const reader = fresh(connect({ ...route, region }))
      const answer = await answered(async () => (await reader.list('ListInstances', {})).map(instanceRow))
      answers.push({ region, answer })
    }
  }
  await Promise.all(Array.from({ length: 5 }, worker))
  const inOrder = answers.sort((a, b) => regions.indexOf(a.region) - regions.indexOf(b.region))
  return {
    found: inOrder.flatMap(({ region, answer }) =>
      'value' in answer && answer.value.length > 0 ? [{ region, instances: answer.value }] : [],
    ),
    failed: inOrder.flatMap(({ region, answer }) => ('refusal' in answer ? [{ region, refusal: answer.refusal }] : [])),
  }
}
