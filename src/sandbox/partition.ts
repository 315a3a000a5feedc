import type { State } from './state/state.ts'

const partitions = [
  { prefix: 'cn-', name: 'aws-cn' },
  { prefix: 'us-gov-', name: 'aws-us-gov' },
  { prefix: 'eusc-', name: 'aws-eusc' },
]

/** The partition of AWS that a sandbox is in, by the Region it is at home in: the second part of all its ARNs. */
export function partitionOf(state: State): string {
  const region = state.rows('home').get('home')?.region ?? ''
  return partitions.find(({ prefix }) => region.startsWith(prefix))?.name ?? 'aws'
}
