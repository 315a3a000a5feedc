import { type Address, nameOf, shownAddress } from '../../model/address.ts'
import { type Diagnostic, error, warning } from '../../model/diagnostic.ts'
import { accountNamed, type Facts, inactiveWords, isActive } from '../../model/facts.ts'
import type { OperationOf } from '../../model/operation.ts'
import type { Entries, Entry, State } from '../../model/state.ts'
import { quoted } from '../../text/quote.ts'
import type { LiveContext } from '../contexts.ts'
import { accountIds } from '../shared/account.ts'
import { delegateWords } from './words.ts'

/** What the manifest says of the delegated administrator that cannot be, or is of no use. That an account is not in the organization is told of every account. Pure. */
export function problemsOf(input: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  const { facts, desired, live } = input
  return [...desired['delegated-administrator']].flatMap(([at, { at: place }]) => {
    const id = nameOf(at)
    const where = place ? { at: place } : {}
    const listed = alsoAbsent(id, input)
    if (id === facts.management) return [{ ...ofManagement(id, where), adoptable: [at] }]
    if (listed.length > 0 || accountNamed(id, facts.accounts) === undefined || isActive(id, facts)) return listed
    return [live['delegated-administrator'].has(at) ? useless(id, facts, where) : inactive(id, facts, where)]
  })
}

/** An account can be called by several words, which mean the same only where the organization is known. */
function alsoAbsent(id: string, { manifest, facts }: LiveContext): readonly Diagnostic[] {
  const words = manifest.manifest.absent?.delegated_administrators ?? []
  const index = words.findIndex((word) => accountIds(word, manifest, facts).includes(id))
  if (index < 0) return []
  const at = manifest.position(['absent', 'delegated_administrators', index])
  const message = `account ${delegateWords(id, facts)} is both declared and absent`
  return [error('conflict', message, { hint: 'keep one of the two', ...(at ? { at } : {}) })]
}

function useless(id: string, facts: Facts, where: Where): Diagnostic {
  const message = `account ${delegateWords(id, facts)} ${inactiveWords(id, facts)}: nobody can manage Identity Center from there`
  const hint = 'list it under absent.delegated_administrators, and name an active member account or none'
  return warning('account-inactive', message, { hint, ...where })
}

type Where = Pick<Diagnostic, 'at'>

function ofManagement(id: string, where: Where): Diagnostic {
  const message = `account ${id} is the management account, which manages Identity Center without being registered`
  return error('delegate-management', message, { hint: 'name a member account, or remove the line', ...where })
}

function inactive(id: string, facts: Facts, where: Where): Diagnostic {
  const message = `account ${delegateWords(id, facts)} ${inactiveWords(id, facts)}, and cannot become the delegated administrator`
  return error('account-inactive', message, { hint: 'name an active member account, or remove the line', ...where })
}

/** Another account that stands in the way: AWS registers one. Pure. */
export function conflictsOf(
  at: Address,
  { at: place }: Entry<'delegated-administrator'>,
  live: Entries<'delegated-administrator'>,
  leaving: ReadonlySet<Address>,
): readonly Diagnostic[] {
  if (live.has(at)) return []
  const others = [...live.keys()].filter((one) => one !== at && !leaving.has(one))
  return others.map((other) =>
    error('delegate-taken', `account ${nameOf(other)} is the delegated administrator, and AWS allows one`, {
      hint: `to keep it, run sso-reconcile adopt ${quoted(shownAddress(other))}; to replace it, write under absent: delegated_administrators: ["${nameOf(other)}"]`,
      adoptable: [at, other],
      ...(place ? { at: place } : {}),
    }),
  )
}

/** Only the management account decides who else administers. Pure. */
export function forbiddenOf(
  { verb, address: at }: OperationOf<'delegated-administrator'>,
  _live: State,
  { caller, management }: Facts,
): Diagnostic | undefined {
  if (!caller?.delegated) return undefined
  const does = verb === 'delete' ? 'removed' : 'registered'
  const message = `${shownAddress(at)} can only be ${does} by the management account${management ? ` ${management}` : ''}`
  return error('delegated-administrator', message, { hint: 'run this with credentials of the management account' })
}
