import { plainUrl } from './portal.ts'

/**
 * True for two start URLs of one access portal, false for two portals. Undefined where the URLs alone do not tell: a customised one
 * names neither the instance nor the identity store, and one URL may name the store where the other names the instance.
 */
export function samePortal(one: string, other: string): boolean | undefined {
  if (plainUrl(one) === plainUrl(other)) return true
  const [first, second] = [ownerOf(one), ownerOf(other)]
  if (first === undefined || second === undefined || first.kind !== second.kind) return undefined
  return first.id === second.id
}

/** Whom a start URL names: an identity store or an instance. The forms are those of `startUrls`. */
const owners: readonly (readonly [kind: 'store' | 'instance', form: RegExp])[] = [
  ['store', /^https:\/\/(d-[0-9a-z]+)\.awsapps\.com\/start$/],
  ['store', /^https:\/\/start\.[^/]+\.awsapps\.(?:com|cn)\/directory\/([^/]+)$/],
  ['instance', /^https:\/\/identitycenter\.(?:us-gov\.)?amazonaws\.(?:com|com\.cn|eu)\/(ssoins-[0-9a-f]+)$/],
  ['instance', /^https:\/\/(ssoins-[0-9a-f]+)\.(?:portal\.)?[a-z0-9.-]+$/],
]

function ownerOf(url: string): { readonly kind: string; readonly id: string } | undefined {
  const plain = plainUrl(url)
  for (const [kind, form] of owners) {
    const id = form.exec(plain)?.[1]
    if (id !== undefined) return { kind, id }
  }
  return undefined
}
