import { stepsOf } from '../plan/by-hand.ts'
import { listed } from '../text/list.ts'
import type { Evidence } from './evidence.ts'
import { type Check, type Finding, ok, warn } from './finding.ts'

/** Steps AWS has no API for: done, still to do, or not mentioned. */
export const checklist: Check = {
  name: 'checklist',
  title: 'Checklist',
  examine(evidence) {
    const { manifest } = evidence
    if (!manifest) return []
    const states = statesOf(evidence)
    const done = states.filter(([, state]) => state !== undefined && state !== 'todo')
    const absent = states.filter(([, state]) => state === undefined).map(([key]) => key)
    return [
      ...(done.length > 0 ? [ok('checklist-done', done.map(([key, state]) => `${key} ${state}`).join(', '))] : []),
      ...states.filter(([, state]) => state === 'todo').map(([key]) => todo(key, evidence)),
      ...(absent.length > 0 ? [notMentioned(absent)] : []),
    ]
  },
}

/** Every step that this manifest calls for, with its state; users of an identity provider are activated there. */
function statesOf({ manifest }: Evidence): readonly (readonly [key: string, state: string | undefined])[] {
  const { checklist = {}, users } = manifest?.manifest ?? {}
  const { activated = {} } = checklist
  const own = Object.entries(users ?? {}).filter(([, { external }]) => !external)
  const people = new Set([...own.map(([name]) => name), ...Object.keys(activated)])
  // A manifest for a laptop leaves the console to others.
  const switches =
    users || Object.keys(checklist).length > 0 ? (['mfa_policy', 'send_email_otp', 'portal_session'] as const) : []
  return [
    ...switches.map((key) => [key, checklist[key]] as const),
    ...[...people].map((name) => [`activated:${name}`, activated[name]] as const),
  ]
}

function todo(key: string, evidence: Evidence): Finding {
  const name = key.startsWith('activated:') ? key.slice('activated:'.length) : undefined
  if (name && hasSignedIn(name, evidence))
    return warn(
      'checklist-recordable',
      `${key} says todo, but ${name} is logged in on this machine`,
      `write checklist.activated.${name}: ${evidence.now.toISOString().slice(0, 10)}`,
    )
  return warn('checklist-todo', `${key} is still to do`, stepsOf(key).join('; then '))
}

/** A login that the portal answered to is proof that the person has a password. */
function hasSignedIn(name: string, { local }: Evidence): boolean {
  return (local?.proofs ?? []).some(({ proof }) => proof.result === 'proven' && proof.arn.endsWith(`/${name}`))
}

function notMentioned(keys: readonly string[]): Finding {
  return warn(
    'checklist-absent',
    `not mentioned: ${listed(keys, 5, 6)}`,
    'write each under checklist as todo (mfa_policy: todo; activated: { NAME: todo }), which shows its steps in every plan, or as the date it was done',
  )
}
