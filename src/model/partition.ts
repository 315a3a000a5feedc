/** A partition of AWS: Regions that share accounts, ARNs and a console, and know nothing of other partitions. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc'

const prefixes: readonly (readonly [prefix: string, partition: Partition])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
]

/** The partition a Region is in, as the second part of ARNs spells it. Source: partitions of the AWS SDKs, by Region prefix. */
export function partitionOf(region: string): Partition {
  return prefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws'
}

/** Sources: AWS General Reference, "AWS Management Console endpoints"; the same page of docs.aws.eu; the AWS CLI's console links. */
const consoles: Readonly<Record<Partition, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
}

/** Host of the console of a partition; services and Regions have hosts below it. */
export function consoleHost(partition: Partition): string {
  return consoles[partition]
}

/** Address of the Identity Center console in the partition of a Region, for somebody who chooses the Region there. */
export function consoleOf(region: string): string {
  return `https://${consoles[partitionOf(region)]}/singlesignon`
}

/** Address of the Identity Center console in a Region. */
export function consoleIn(region: string): string {
  return `https://${region}.${consoles[partitionOf(region)]}/singlesignon`
}
