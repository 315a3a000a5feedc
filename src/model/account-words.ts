import type { Account, Facts } from './facts.ts'

/**
 * What people call accounts, each word with the id that it means: nicknames, `management`, and names as reports show them. Of a name that several
 * accounts have the active one is meant; where several are, it means none of them. Pure.
 */
export function accountWords(
  nicknames: Readonly<Record<string, string>>,
  { accounts, management }: Pick<Facts, 'accounts' | 'management'>,
): ReadonlyMap<string, string> {
  return new Map([
    ...accounts.flatMap(({ name }) => {
      const [first, second] = bearers(name, accounts)
      return first && !second ? [[name, first.id] as const] : []
    }),
    ...(management === undefined ? [] : [['management', management] as const]),
    ...Object.entries(nicknames),
  ])
}

function bearers(name: string, accounts: readonly Account[]): readonly Account[] {
  const all = accounts.filter((one) => one.name === name)
  const active = all.filter((one) => one.active)
  return active.length > 0 ? active : all
}
