import type { Manifest } from '../manifest/types.ts'
import { type Partition, partitionOf } from '../model/partition.ts'
import { directoryResource, instanceResource } from './resources.ts'
import type { Statement } from './statement.ts'

const reads = ['kms:Decrypt']
const uses = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext']

/**
 * Service names behind which KMS sees the two APIs. Sources for the standard partition are below; for others none tells whether the
 * name follows the suffix of their endpoints, so both spellings are allowed: neither is a name of anything else.
 */
const suffixes: Readonly<Record<Partition, readonly string[]>> = {
  aws: ['amazonaws.com'],
  'aws-us-gov': ['amazonaws.com'],
  'aws-cn': ['amazonaws.com', 'amazonaws.com.cn'],
  'aws-eusc': ['amazonaws.com', 'amazonaws.eu'],
}

/**
 * What a caller needs where a customer managed key encrypts the instance: reads decrypt, changes encrypt too, each through Identity
 * Center or its identity store and for this instance only. Sources: IAM Identity Center User Guide, "Baseline KMS key policy" (the
 * statement for administrators) and "Advanced KMS key policy statements" (kms:DescribeKey takes no encryption context); the AWS managed
 * policies AWSSSOReadOnly and AWSSSOMasterAccountAdministrator.
 */
export function keyStatements(key: string, manifest: Manifest, readOnly: boolean): readonly Statement[] {
  const partition = partitionOf(manifest.identity_center.region)
  const through = (sid: string, service: string, context: string, arn: string): Statement => ({
    Sid: sid,
    Effect: 'Allow',
    Action: readOnly ? reads : uses,
    Resource: key,
    Condition: {
      StringLike: {
        'kms:ViaService': suffixes[partition].map((suffix) => `${service}.*.${suffix}`),
        [`kms:EncryptionContext:${context}`]: arn,
      },
    },
  })
  const instance = instanceResource(manifest, partition)
  const directory = directoryResource(manifest, partition)
  return [
    through('KeyOfIdentityCenter', 'sso', 'aws:sso:instance-arn', instance),
    through('KeyOfIdentityStore', 'identitystore', 'aws:identitystore:identitystore-arn', directory),
    ...(readOnly ? [] : [describing(key)]),
  ]
}

function describing(key: string): Statement {
  return { Sid: 'KeyDescription', Effect: 'Allow', Action: ['kms:DescribeKey'], Resource: key }
}
