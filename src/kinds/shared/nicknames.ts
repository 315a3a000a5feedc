import type { Account, Facts } from '../../model/facts.ts'

/** Nicknames by account id: `management`, else the account's name in a form that profile names can have, else none. */
export function nicknames({ accounts, management }: Facts): ReadonlyMap<string, string> {
  const others = accounts.filter(({ id }) => id !== management).map((one) => [one.id, slug(one)] as const)
  const taken = counted(others.map(([, name]) => name))
  const distinct = others.map(([id, name]) => [id, taken.get(name) === 1 ? name : `${name}-${id}`] as const)
  const named = distinct.filter(([, name]) => usable(name))
  return new Map([...(management ? [[management, 'management'] as const] : []), ...named])
}

/** How the manifest refers to an account: by nickname, else by its id. */
export function reference(id: string, names: ReadonlyMap<string, string>): string {
  return names.get(id) ?? id
}

// Nothing but separators is left of a name in Japanese; the account then goes by its id.
function slug({ id, name }: Account): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[-.]+|(?<![-.])[-.]+$/g, '')
  return plain === '' || name === id ? '' : plain.slice(0, 48)
}

function usable(name: string): boolean {
  return !/^(|-\d{12}|all|management|__proto__|\d+)$/.test(name)
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
