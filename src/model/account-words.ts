import type { Account, Facts } from './facts.ts'
import { grouped } from './grouped.ts'

/**
 * What people call accounts, each word with the id that it means: nicknames, `management`, and names as reports show them. Of a name that several
 * accounts have the active one is meant; where several are, it means none of them. Pure.
 */
export function accountWords(
  nicknames: Readonly<Record<string, string>>,
  { accounts, management }: Pick<Facts, 'accounts' | 'management'>,
): ReadonlyMap<string, string> {
  return new Map([
    ...[...grouped(accounts.map((one) => [one.name, one] as const))].flatMap(([name, all]) => {
      const [first, second] = bearers(all)
      return first && !second ? [[name, first.id] as const] : []
    }),
    ...(management === undefined ? [] : [['management', management] as const]),
    ...Object.entries(nicknames),
  ])
}

function bearers(all: readonly Account[]): readonly Account[] {
  const active = all.filter((one) => one.active)
  return active.length > 0 ? active : all
}
