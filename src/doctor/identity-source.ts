import { listed } from '../text/list.ts'
import type { Evidence } from './evidence.ts'
import { type Check, ok, problem, warn } from './finding.ts'

/** Whether users come from an external identity provider. A guess from the users, since no API tells. */
export const identitySource: Check = {
  name: 'identity-source',
  title: 'Identity source',
  examine(evidence) {
    const users = evidence.cloud?.users
    if (!users) return []
    if ('refusal' in users)
      return [problem(users.refusal.code, users.refusal.message, users.refusal.hint ?? 'run this again')]
    const { seen, provisioned } = users.value
    if (provisioned.length === 0) {
      const none = seen === 0 ? 'there are no users yet' : `none of ${seen} users has an external id`
      return [
        ok(
          'source-own',
          `${none}, so Identity Center probably uses its own directory (a guess: AWS has no API for this)`,
        ),
      ]
    }
    return [
      warn(
        'source-external',
        `an identity provider probably manages ${provisioned.length} of ${seen} users (${listed(provisioned, 5, 6)}): they have external ids. This is a guess: AWS has no API for this`,
        declared(evidence, provisioned),
      ),
    ]
  },
}

function declared({ manifest }: Evidence, provisioned: readonly string[]): string {
  const users = manifest?.manifest.users ?? {}
  const written = provisioned.filter((name) => users[name] && !users[name].external)
  return written.length > 0
    ? `declare ${listed(written, 5, 6)} as { external: true }, so that they are looked up but never changed`
    : 'declare such users as { external: true } and change them at the identity provider, which also decides when a login ends'
}
