import { partitionOf } from './partition.ts'
import type { PortalParts } from './portal.ts'
import { portalNames } from './portal-address.ts'

/**
 * Whose portal a start URL leads to, by what it names: this instance's, another's, or `unknown`. Where an address has a place for an
 * instance alone, whatever is not this one is another. A name that an organization chose tells nothing, nor does a directory whose id has
 * another form than that of this instance. Partitions know nothing of each other. Pure.
 */
export function whosePortal(url: string, parts: PortalParts): 'this' | 'another' | 'unknown' {
  const names = portalNames(url)
  if (!names) return 'unknown'
  if (names.partition !== undefined && names.partition !== partitionOf(parts.region)) return 'another'
  const { instance = instanceId.test(names.name ?? '') ? names.name : undefined, name = '' } = names
  const [own, store] = [parts.instance.slice(parts.instance.lastIndexOf('/') + 1), parts.store].map(lower)
  if (instance !== undefined) return instance === own ? 'this' : 'another'
  if (name === store) return 'this'
  const form = directoryIds.find((one) => one.test(name))
  return form?.test(store ?? '') ? 'another' : 'unknown'
}

const instanceId = /^(?:sso)?ins-/

/** The forms of the id of a directory: two ids of one form are two directories. */
const directoryIds = [/^d-/, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/] as const

function lower(text: string): string {
  return text.toLowerCase()
}
