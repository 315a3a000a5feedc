import type { AccountReference, AccountSelector } from '../../manifest/types.ts'
import { type Diagnostic, error, type Position } from '../../model/diagnostic.ts'
import type { Facts } from '../../model/facts.ts'
import { listed } from '../../text/list.ts'
import { nearest } from '../../text/near.ts'

type Words = readonly [message: string, hint: string]

/**
 * What to say of an account or a selector that means nothing in the organization: what there is of that kind, and which was likely meant.
 * `places` is how often the manifest names it.
 */
export function noAccount(
  selector: AccountSelector | AccountReference,
  facts: Facts,
  at: Position | undefined,
  places = 1,
): Diagnostic {
  const [message, hint] = wordsFor(selector, facts)
  const all = places > 1 ? ` (named in ${places} places)` : ''
  return error('account-unknown', `${message}${all}`, { hint, ...(at ? { at } : {}) })
}

function wordsFor(selector: AccountSelector | AccountReference, facts: Facts): Words {
  if (typeof selector === 'string') return noId(selector, facts)
  if ('ou' in selector && selector.ou !== undefined) return noUnit(selector.ou, facts)
  if ('tag' in selector && selector.tag) return noTag(selector.tag, facts)
  return noName(selector.name ?? '', facts)
}

function noId(id: string, { accounts }: Facts): Words {
  const hint = guess(
    id,
    accounts.map((one) => one.id),
    'accounts',
    (one) => `${one} ${accounts.find((other) => other.id === one)?.name ?? ''}`,
  )
  return [`account ${id} is not in the organization`, hint]
}

function noName(name: string, { accounts }: Facts): Words {
  return [
    `the organization has no account named ${JSON.stringify(name)}`,
    guess(
      name,
      accounts.map((one) => one.name),
      'accounts',
    ),
  ]
}

function noUnit(path: string, { unitsBeside, units }: Facts): Words {
  const beside = unitsBeside?.get(path)
  if (!beside && units?.has(path))
    return [
      `the organizational unit ${JSON.stringify(path)} contains no account that a rule can select`,
      'the management account must be named explicitly; move accounts there, or remove the rule',
    ]
  return [`there is no organizational unit ${JSON.stringify(path)}`, guess(path, beside ?? [], 'units there')]
}

function noTag(tag: Readonly<Record<string, string>>, { accounts }: Facts): Words {
  const words = Object.entries(tag).map(([key, value]) => `${key}: ${value}`)
  const message = `no account of the organization has the tag ${words.join(', ')}`
  const [[key, value] = ['', '']] = Object.entries(tag)
  const values = [...new Set(accounts.flatMap(({ tags = {} }) => tags[key] ?? []))].sort()
  if (values.length > 0) return [message, guess(value, values, `values of ${key}`)]
  const keys = [...new Set(accounts.flatMap(({ tags = {} }) => Object.keys(tags)))].sort()
  return [message, guess(key, keys, 'tags of accounts')]
}

/** Which of some names was likely meant, and what names there are. */
function guess(name: string, there: readonly string[], what: string, show = (one: string) => one): string {
  const likely = nearest(name, there)
  const all = there.length > 0 ? `${what}: ${listed(there.map(show), 5)}` : `there are no ${what}`
  return likely === undefined ? all : `did you mean ${JSON.stringify(likely)}? ${all}`
}
