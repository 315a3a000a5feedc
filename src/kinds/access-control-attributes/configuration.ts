import type { Reader } from '../../aws/port.ts'
import { type Address, address } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import { refusedWith } from '../../model/diagnostic.ts'
import type { Instance } from '../../model/facts.ts'
import type { AccessControlAttributesSpec } from '../../model/specs.ts'

/** An instance has one configuration, so it is one thing: AWS replaces its list as a whole. */
export const configurationAddress: Address = address('access-control-attributes', 'instance')

/** What a spec says of a configuration that AWS could not make; it can only be deleted. */
export const failed = 'creation failed'

/** The attributes of an instance; undefined where there is no configuration. Throws a Refusal when they cannot be read. */
export async function readConfiguration(
  reader: Reader,
  { arn }: Pick<Instance, 'arn'>,
): Promise<AccessControlAttributesSpec | undefined> {
  try {
    const found = await reader.get('DescribeInstanceAccessControlAttributeConfiguration', { InstanceArn: arn })
    const { Status, InstanceAccessControlAttributeConfiguration: configuration } = found
    if (Status === undefined) told(configuration, 'a configuration')
    const rows = configuration?.AccessControlAttributes ?? []
    const attributes = rows.map(({ Key, Value }) => [told(Key, 'a key'), told(Value?.Source?.[0], 'a source')])
    return { attributes: Object.fromEntries(attributes), ...statusOf(Status) }
  } catch (thrown) {
    if (refusedWith(thrown, 'aws-not-found')) return undefined
    throw thrown
  }
}

function told<T>(value: T | undefined, what: string): T {
  return answered(value, 'sso:DescribeInstanceAccessControlAttributeConfiguration', what)
}

// A status that nobody has heard of yet does not mean that the configuration is in use.
function statusOf(status: string | undefined): Pick<AccessControlAttributesSpec, 'status'> {
  if (status === undefined || status === 'ENABLED') return {}
  return { status: status.toLowerCase().replaceAll('_', ' ') }
}

/** Attributes as requests list them; each has exactly one source (AccessControlAttributeValue in the API). */
export function attributeList(attributes: AccessControlAttributesSpec['attributes']) {
  return {
    AccessControlAttributes: Object.entries(attributes).map(([Key, source]) => ({ Key, Value: { Source: [source] } })),
  }
}
