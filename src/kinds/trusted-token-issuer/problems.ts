import type { LoadedManifest } from '../../manifest/load.ts'
import { type Address, address, nameOf, shownAddress } from '../../model/address.ts'
import { type Diagnostic, error, type Position } from '../../model/diagnostic.ts'
import type { Entries, Entry, State } from '../../model/state.ts'
import { listed } from '../../text/list.ts'
import { trailing } from '../../text/quote.ts'
import type { LiveContext } from '../contexts.ts'
import { renamesThatLeave } from '../shared/renames.ts'

type Issuers = Entries<'trusted-token-issuer'>

/** What the manifest says of issuers that is not clear, or that no plan can bring about. Pure. */
export function problemsOf(sides: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  const { manifest, live, desired } = sides
  const issuers = live['trusted-token-issuer']
  return [
    ...renamesThatLeave('trusted-token-issuer', sides),
    ...named(manifest).flatMap(([name, at]) => ambiguous(name, issuers, at)),
    ...[...desired['trusted-token-issuer']].flatMap(([at, entry]) => {
      const found = issuers.get(at)
      return found ? unchangeable(at, entry, found, manifest) : []
    }),
  ]
}

/** Names by which the manifest means a live issuer, each with its place. */
function named({ manifest, position }: LoadedManifest): readonly (readonly [string, Position | undefined])[] {
  const { trusted_token_issuers: issuers = {}, absent } = manifest
  return [
    ...Object.keys(issuers).map((name) => [name, position(['trusted_token_issuers', name], 'key')] as const),
    ...Object.entries(issuers).flatMap(([name, { was }]) =>
      was === undefined ? [] : [[was, position(['trusted_token_issuers', name, 'was'])] as const],
    ),
    ...(absent?.trusted_token_issuers ?? []).map(
      (name, index) => [name, position(['absent', 'trusted_token_issuers', index])] as const,
    ),
  ]
}

function ambiguous(name: string, issuers: Issuers, at: Position | undefined): readonly Diagnostic[] {
  if (issuers.has(address('trusted-token-issuer', name))) return []
  const twins = [...issuers.values()].filter(({ spec }) => spec.name === name)
  if (twins.length < 2) return []
  const each = twins.map(({ ref = '', spec }) => `${ref.slice(ref.lastIndexOf('/') + 1)} (${spec.issuer_url})`)
  const message = `Identity Center has ${twins.length} trusted token issuers called ${name}`
  const hint = `rename or delete all but one of them in the console: ${listed(each.sort())}`
  return [error('issuer-ambiguous', message, { hint, ...(at ? { at } : {}) })]
}

function unchangeable(
  issuer: Address,
  { spec: want, at }: Entry<'trusted-token-issuer'>,
  { spec: found }: Entry<'trusted-token-issuer'>,
  { position }: LoadedManifest,
): readonly Diagnostic[] {
  const name = nameOf(issuer)
  const where = at ? { at } : {}
  if (found.type !== undefined) {
    const hint = 'remove it from the file, or list it under ignore'
    return [
      error('issuer-type', `trusted token issuer ${name} is of type ${found.type}, which is unknown`, {
        hint,
        ...where,
      }),
    ]
  }
  if (found.issuer_url === want.issuer_url) return []
  const message = `AWS cannot change the issuer URL of ${name} from ${found.issuer_url} to ${want.issuer_url}`
  const adopting = `sso-reconcile adopt${trailing([shownAddress(issuer)])}`
  const hint = `to keep it, write ${found.issuer_url}, as ${adopting} does; to move, declare the new URL under another name, have the applications that trust ${name} trust that one instead, and then take ${name} out (or list it under absent)`
  const line = position(['trusted_token_issuers', name, 'issuer_url'])
  return [error('issuer-url', message, { hint, adoptable: [issuer], ...(line ? { at: line } : {}) })]
}
