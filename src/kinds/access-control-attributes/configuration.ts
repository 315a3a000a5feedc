import { refusedWith } from '../../model/diagnostic.ts'
import type { AccessControlAttributesSpec } from '../../model/specs.ts'
import type { ReadContext } from '../contexts.ts'

/** What AWS says of a configuration that is not in use, by its status. */
const unfinished: ReadonlyMap<string, 'creation in progress' | 'creation failed'> = new Map([
  ['CREATION_IN_PROGRESS', 'creation in progress'],
  ['CREATION_FAILED', 'creation failed'],
] as const)

/** The attributes of the instance; undefined where there is no configuration. Throws a Refusal when they cannot be read. */
export async function readConfiguration({
  reader,
  facts,
}: ReadContext): Promise<AccessControlAttributesSpec | undefined> {
  const of = { InstanceArn: facts.instance.arn }
  try {
    const found = await reader.get('DescribeInstanceAccessControlAttributeConfiguration', of)
    const rows = found.InstanceAccessControlAttributeConfiguration?.AccessControlAttributes ?? []
    const status = unfinished.get(found.Status ?? '')
    const attributes = Object.fromEntries(rows.map(({ Key = '', Value }) => [Key, Value?.Source?.[0] ?? '']))
    return { attributes, ...(status ? { status } : {}) }
  } catch (thrown) {
    if (refusedWith(thrown, 'aws-not-found')) return undefined
    throw thrown
  }
}

/** Attributes as requests list them; each has exactly one source (AccessControlAttributeValue in the API). */
export function attributeList(attributes: AccessControlAttributesSpec['attributes']) {
  return {
    AccessControlAttributes: Object.entries(attributes).map(([Key, source]) => ({ Key, Value: { Source: [source] } })),
  }
}
