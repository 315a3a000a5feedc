import type { Json } from '../../model/json.ts'
import { atValue, type Finding, listed, quote } from '../finding.ts'
import { at, keys, textAt } from '../view.ts'
import type { Check } from './check.ts'
import { circlesOf } from './circles.ts'

/**
 * Nobody is their own manager, not through others either: AWS takes a manager by id, so that each has to exist before those they manage.
 */
export const checkManagers: Check = (manifest) => {
  const names = keys(at(manifest, 'users'))
  const circles = circlesOf(names, (name) => managerOf(name, manifest))
  return names.flatMap((name): Finding[] => {
    const circle = circles.get(name)
    if (circle === undefined) return []
    const message =
      circle.count === 0
        ? `user ${quote(name)} is their own manager`
        : `user ${quote(name)} is their own manager through ${listed(circle.first, circle.count)}`
    const hint = 'leave manager out for whoever has none above'
    return [atValue(['users', name, 'manager'], 'manager-circle', message, hint)]
  })
}

function managerOf(name: string, manifest: Json): string | undefined {
  return textAt(manifest, 'users', name, 'manager') || undefined
}
