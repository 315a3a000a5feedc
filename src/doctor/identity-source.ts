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
      const none = seen === 0 ? 'there are no users yet' : `no user of ${seen} carries an id of another system`
      return [ok('source-own', `${none}, so Identity Center seems to be its own directory (a guess: no API tells)`)]
    }
    return [
      warn(
        'source-external',
        `an identity provider seems to own ${provisioned.length} of ${seen} users (${listed(provisioned, 5, 6)}): they carry ids of another system. This is a guess, since no API tells`,
        declared(evidence, provisioned),
      ),
    ]
  },
}

function declared({ manifest }: Evidence, provisioned: readonly string[]): string {
  const users = manifest?.manifest.users ?? {}
  const written = provisioned.filter((name) => users[name] && !users[name].external)
  return written.length > 0
    ? `write { external: true } for ${listed(written, 5, 6)}, so that they are looked up and never written`
    : 'declare such users as { external: true } and change them at the identity provider; the end of a login is decided there too'
}
