import { type Partition, partitionOf } from './partition.ts'

/** Regions that every AWS account may use without opting in. Source: AWS account management guide, "Regions enabled by default". */
export const defaultRegions: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
]

// Credentials of one partition mean nothing in another. Source: AWS General Reference, "IAM Identity Center endpoints and quotas".
const byPartition: Readonly<Record<Partition, readonly string[]>> = {
  aws: defaultRegions,
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
  'aws-eusc': ['eusc-de-east-1'],
}

/** Regions to look for Identity Center in, for somebody who works in the partition of this Region. */
export function regionsBeside(region: string): readonly string[] {
  return byPartition[partitionOf(region)]
}
