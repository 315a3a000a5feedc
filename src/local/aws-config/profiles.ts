import type { ConfigDocument } from './document.ts'

/** The profile of each account that profiles sign in to; of several the first in the file. Pure. */
export function profilesByAccount({ sections }: ConfigDocument): ReadonlyMap<string, string> {
  const found = sections.flatMap(({ kind, name, options }): [string, string][] => {
    const account = options.get('sso_account_id')?.value
    return kind === 'profile' && account ? [[account, name]] : []
  })
  return new Map(found.reverse())
}
