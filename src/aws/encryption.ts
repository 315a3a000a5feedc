import { error, Refusal } from '../model/diagnostic.ts'
import type { Reader } from './port.ts'

/**
 * ARN of the customer managed key that encrypts an instance; undefined where the key belongs to AWS. `id` chooses among several
 * instances. Throws a Refusal where AWS cannot be asked, or does not tell.
 */
export async function customerKey(reader: Reader, id: string | undefined): Promise<string | undefined> {
  const instances = await reader.list('ListInstances', {})
  const arns = instances.flatMap(({ InstanceArn }) => InstanceArn ?? [])
  const meant = id ? arns.filter((arn) => arn.endsWith(`/${id}`)) : arns
  const described = await Promise.all(meant.map((InstanceArn) => reader.get('DescribeInstance', { InstanceArn })))
  const details = described.flatMap((one) => one.EncryptionConfigurationDetails ?? [])
  if (meant.length === 0) throw untold('sso:ListInstances shows no instance in the region of the manifest')
  if (details.length < meant.length) throw untold('sso:DescribeInstance does not return the key')
  return details.find(({ KmsKeyArn }) => KmsKeyArn !== undefined)?.KmsKeyArn
}

function untold(message: string): Refusal {
  return new Refusal(error('key-unknown', message))
}
