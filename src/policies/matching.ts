import type { KnownNames } from './known-names.ts'
import { hasWildcards, matchesWildcards } from './wildcards.ts'

/** The known actions that a pattern names, as `iam:PassRole`. Pure. */
export function actionsMatching(pattern: string, names: KnownNames): readonly string[] {
  const [service = '', name = '*'] = /^\*+$/.test(pattern) ? ['*', '*'] : pattern.toLowerCase().split(':')
  const services = hasWildcards(service) ? names.services.filter((one) => matchesWildcards(service, one)) : [service]
  return services.flatMap((one) =>
    [...(names.actionsOf(one) ?? [])].flatMap(([plain, written]) =>
      matchesWildcards(name, plain) ? [`${one}:${written}`] : [],
    ),
  )
}
