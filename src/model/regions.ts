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

/**
 * Every Region that AWS names, opted in to or not. Sources: AWS account management guide, "AWS Regions", and the partitions of the AWS SDK
 * for JavaScript 3.
 */
export const knownRegions: readonly string[] = [
  ...defaultRegions,
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
  ...['ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-1', 'eu-south-2', 'il-central-1'],
  ...['me-central-1', 'me-south-1', 'me-west-1', 'mx-central-1', 'sa-west-1', 'cn-north-1', 'cn-northwest-1'],
  ...['us-gov-east-1', 'us-gov-west-1', 'eusc-de-east-1'],
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
